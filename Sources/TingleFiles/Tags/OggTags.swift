import COgg
import Foundation
import TingleSupport

/// Where an Ogg stream keeps its comments: its second packet, after the codec's signature.
enum OggTags {
  private static let signatures = ["\u{3}vorbis", "OpusTags"].map { Array($0.utf8) }
  // Longer than any comments; a broken file is not read to its end for them.
  private static let mostBytes = 1 << 20

  /// The comments of a file's first stream.
  static func comments(_ descriptor: Int32) -> VorbisComments? {
    packet(2, of: descriptor).flatMap(comments)?.comments
  }

  /// Gives the field that libsndfile wrote under another key of the same length the provenance's key. The page's checksum
  /// is then no longer right.
  /// - Returns: false if that fails, with `errno`.
  static func rename(_ descriptor: Int32) -> Bool {
    // The first packet has the first page for itself.
    guard let first = page(descriptor, at: 0), let second = page(descriptor, at: first.upperBound),
      let bytes = FileTags.bytes(descriptor, second), let (comments, offset) = comments(bytes),
      let field = comments.field(FileTags.standInKey)
    else { return true }
    return FileTags.rename(descriptor, second.lowerBound + offset + field.key.lowerBound)
  }

  /// The comments in a packet, and where they begin in it.
  private static func comments(_ packet: [UInt8]) -> (comments: VorbisComments, offset: Int)? {
    guard let signature = signatures.first(where: packet.starts) else { return nil }
    return (VorbisComments(Array(packet.dropFirst(signature.count))), signature.count)
  }

  /// The place of a page's packets.
  private static func page(_ descriptor: Int32, at place: Int) -> Range<Int>? {
    let header = Descriptor.bytes(of: descriptor, at: place, count: OggPage.mostHeaderBytes)
    guard let page = OggPage((header ?? [])[...]) else { return nil }
    return place + page.headerBytes..<place + page.bytes
  }

  /// A packet by its number, from 1.
  private static func packet(_ number: Int, of descriptor: Int32) -> [UInt8]? {
    var (sync, stream) = (ogg_sync_state(), ogg_stream_state())
    ogg_sync_init(&sync)
    defer {
      ogg_sync_clear(&sync)
      ogg_stream_clear(&stream)
    }
    var (page, packet) = (ogg_page(), ogg_packet())
    var (offset, count, isBegun) = (0, 0, false)
    while offset < mostBytes {
      while ogg_sync_pageout(&sync, &page) != 1 {
        let portion = 1 << 14
        guard let buffer = ogg_sync_buffer(&sync, portion) else { return nil }
        let read = pread(descriptor, buffer, portion, off_t(offset))
        guard read > 0, offset < mostBytes else { return nil }
        offset += read
        ogg_sync_wrote(&sync, read)
      }
      if !isBegun { ogg_stream_init(&stream, ogg_page_serialno(&page)) }
      isBegun = true
      guard ogg_stream_pagein(&stream, &page) == 0 else { continue }
      while ogg_stream_packetout(&stream, &packet) == 1 {
        count += 1
        if count == number { return Array(UnsafeBufferPointer(start: packet.packet, count: packet.bytes)) }
      }
    }
    return nil
  }
}
