import COgg
import Foundation
import TingleSupport

/// The Vorbis comments of an Ogg stream: its second packet, after the codec's signature.
enum OggTags {
  private static let signatures = ["\u{3}vorbis", "OpusTags"].map { Array($0.utf8) }
  // Comments are shorter than this; a damaged file is not searched further.
  private static let maxBytes = 1 << 20

  /// Reads the comments of a file's first stream.
  static func comments(_ descriptor: Int32) -> VorbisComments? {
    packet(2, of: descriptor).flatMap(comments)?.comments
  }

  /// Replaces the placeholder that libsndfile wrote by the chapters. The page's checksum must then be
  /// computed again (`OggSerial.rewrite`).
  /// - Returns: false and `errno` on failure; true if there is no placeholder.
  static func write(_ chapters: VorbisChapters, _ descriptor: Int32) -> Bool {
    guard let first = page(descriptor, at: 0), let second = page(descriptor, at: first.upperBound),
      let bytes = FileTags.bytes(descriptor, second), let (comments, offset) = comments(bytes)
    else { return true }
    return chapters.write(to: descriptor, over: comments, at: second.lowerBound + offset)
  }

  /// Overwrites the key that libsndfile wrote by the provenance's key, which has the same length. The page's
  /// checksum must then be computed again (`OggSerial.rewrite`).
  /// - Returns: false and `errno` on failure; true if there is no such key.
  static func rename(_ descriptor: Int32) -> Bool {
    // The first page contains only the first packet.
    guard let first = page(descriptor, at: 0), let second = page(descriptor, at: first.upperBound),
      let bytes = FileTags.bytes(descriptor, second), let (comments, offset) = comments(bytes),
      let field = comments.field(FileTags.placeholderKey)
    else { return true }
    return FileTags.rename(descriptor, second.lowerBound + offset + field.key.lowerBound)
  }

  /// Parses the comments of a packet and their offset in it.
  private static func comments(_ packet: [UInt8]) -> (comments: VorbisComments, offset: Int)? {
    guard let signature = signatures.first(where: packet.starts) else { return nil }
    return (VorbisComments(Array(packet.dropFirst(signature.count))), signature.count)
  }

  /// The range of the packet data of the page at an offset.
  private static func page(_ descriptor: Int32, at offset: Int) -> Range<Int>? {
    let header = Descriptor.bytes(of: descriptor, at: offset, count: OggPage.maxHeaderBytes)
    guard let page = OggPage((header ?? [])[...]) else { return nil }
    return offset + page.headerBytes..<offset + page.bytes
  }

  /// Reads a packet by its number, from 1.
  private static func packet(_ number: Int, of descriptor: Int32) -> [UInt8]? {
    var (sync, stream) = (ogg_sync_state(), ogg_stream_state())
    ogg_sync_init(&sync)
    defer {
      ogg_sync_clear(&sync)
      ogg_stream_clear(&stream)
    }
    var (page, packet) = (ogg_page(), ogg_packet())
    var (offset, count, isStreamOpen) = (0, 0, false)
    while offset < maxBytes {
      while ogg_sync_pageout(&sync, &page) != 1 {
        let portion = 1 << 14
        guard let buffer = ogg_sync_buffer(&sync, portion) else { return nil }
        let read = pread(descriptor, buffer, portion, off_t(offset))
        guard read > 0, offset < maxBytes else { return nil }
        offset += read
        ogg_sync_wrote(&sync, read)
      }
      if !isStreamOpen { ogg_stream_init(&stream, ogg_page_serialno(&page)) }
      isStreamOpen = true
      guard ogg_stream_pagein(&stream, &page) == 0 else { continue }
      while ogg_stream_packetout(&stream, &packet) == 1 {
        count += 1
        if count == number { return Array(UnsafeBufferPointer(start: packet.packet, count: packet.bytes)) }
      }
    }
    return nil
  }
}
