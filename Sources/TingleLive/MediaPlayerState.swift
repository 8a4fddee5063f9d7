import Foundation
import TinglePresets

/// What the desktop is told of a player: the properties of MPRIS 2.2, and what they are made of.
struct MediaPlayerState: Sendable {
  /// The track's time, and when it ends.
  let seconds: Double
  let endSeconds: Double
  /// How often the track's time has jumped.
  let jumps: Int
  let preset: String
  /// The object path that stands for the preset, as it was loaded.
  let track: String
  /// Whether `Next` and `Previous` lead to another preset.
  let canStep: Bool
  /// All that clients are told of when they change; so not the position.
  let properties: [BusEntry]

  /// - Parameter last: what was known a moment ago: the shelf is looked at again for another preset only.
  init(_ session: LiveSession, after last: MediaPlayerState? = nil) {
    let (status, jumps, loads) = session.statusAndCounts
    let known = last?.preset == status.preset ? last?.canStep : nil
    self.init(
      status, jumps: jumps, loads: loads, canStep: known ?? session.hasOtherPresets(than: status.preset))
  }

  /// Of a player that plays nothing.
  static let blank = MediaPlayerState(.blank, jumps: 0, loads: 0, canStep: true)

  init(_ status: Status, jumps: Int, loads: Int, canStep: Bool) {
    (seconds, endSeconds, self.jumps) = (status.seconds, status.endSeconds, jumps)
    (preset, self.canStep) = (status.preset, canStep)
    // Presets of different folders can have one name.
    track = "\(Self.track(ofPreset: status.preset))/\(loads)"
    let metadata = [
      BusEntry("mpris:trackid", .path(track)),
      BusEntry("mpris:length", .int64(Int64(status.endSeconds * 1e6))),
      BusEntry("xesam:title", .string(DisplayText.line(status.title))),
      BusEntry("xesam:album", .string("Tingle")),
    ]
    properties = [
      BusEntry("PlaybackStatus", .string(status.isPaused ? "Paused" : "Playing")),
      BusEntry("Metadata", .dictionary(metadata)),
      BusEntry("Volume", .double(Self.volume(ofDecibels: status.masterDB))),
      BusEntry("Rate", .double(1)), BusEntry("MinimumRate", .double(1)), BusEntry("MaximumRate", .double(1)),
      BusEntry("CanGoNext", .bool(canStep)), BusEntry("CanGoPrevious", .bool(canStep)),
      BusEntry("CanPlay", .bool(true)), BusEntry("CanPause", .bool(true)), BusEntry("CanSeek", .bool(true)),
      BusEntry("CanControl", .bool(true)),
    ]
  }

  /// In microseconds.
  var position: BusValue { .int64(Int64(seconds * 1e6)) }

  /// Those that clients can set.
  static let writable: Set<String> = ["Volume", "Rate"]

  static let rootProperties = [
    BusEntry("CanQuit", .bool(true)), BusEntry("CanRaise", .bool(false)),
    BusEntry("HasTrackList", .bool(false)),
    BusEntry("Identity", .string("Tingle")), BusEntry("SupportedUriSchemes", .strings([])),
    BusEntry("SupportedMimeTypes", .strings([])),
  ]

  private static let lowestDB = -60.0

  /// An amplitude, 0 ... 1, as a level: 0 is the lowest that there is, and more than 1 is 1.
  static func decibels(ofVolume volume: Double) -> Double {
    guard volume > 0 else { return lowestDB }
    return max(lowestDB, min(0, 20 * log10(volume)))
  }

  static func volume(ofDecibels level: Double) -> Double {
    level <= lowestDB ? 0 : pow(10, min(0, level) / 20)
  }

  /// A preset's name as an object path: bytes that none may have are written as `_` and two hexadecimal digits.
  static func track(ofPreset name: String) -> String {
    let bytes = name.utf8.map { byte in
      let letter = Character(UnicodeScalar(byte))
      return letter.isASCII && (letter.isLetter || letter.isNumber)
        ? String(letter) : String(format: "_%02x", byte)
    }
    return "/org/tingle/preset/\(bytes.isEmpty ? "_" : bytes.joined())"
  }
}
