import Foundation
import TinglePresets

/// The properties of the MPRIS 2.2 interfaces org.mpris.MediaPlayer2 and org.mpris.MediaPlayer2.Player for a
/// session.
struct MPRISState: Sendable {
  /// The position and the length of the track, in seconds.
  let seconds: Double
  let endSeconds: Double
  /// The session's count of jumps; a change of it is a `Seeked` signal.
  let jumpCount: Int
  let preset: String
  /// The track ID: an object path that is unique to the preset and to this loading of it.
  let trackID: String
  /// The value of `CanGoNext` and `CanGoPrevious`: whether the library has another preset.
  let canGoNext: Bool
  /// The properties whose changes are signalled by `PropertiesChanged`; `Position` is not one of them.
  let properties: [BusEntry]

  /// The current state of a session.
  /// - Parameter last: the state before; while the preset is the same, the library is not searched again.
  init(_ session: LiveSession, after last: MPRISState? = nil) {
    let (status, jumpCount, loadCount) = session.statusAndCounts
    let canGoNext = last?.preset == status.preset ? last?.canGoNext : nil
    self.init(
      status, jumpCount: jumpCount, loadCount: loadCount,
      canGoNext: canGoNext ?? session.hasOtherPresets(than: status.preset))
  }

  /// The state of a session without a preset, for introspection.
  static let blank = MPRISState(.blank, jumpCount: 0, loadCount: 0, canGoNext: true)

  init(_ status: Status, jumpCount: Int, loadCount: Int, canGoNext: Bool) {
    (seconds, endSeconds, self.jumpCount) = (status.seconds, status.endSeconds, jumpCount)
    (preset, self.canGoNext) = (status.preset, canGoNext)
    // Presets in different folders can have the same name.
    trackID = "\(Self.trackID(ofPreset: status.preset))/\(loadCount)"
    let metadata = [
      BusEntry("mpris:trackid", .path(trackID)),
      BusEntry("mpris:length", .int64(Int64(status.endSeconds * 1e6))),
      BusEntry("xesam:title", .string(DisplayText.line(status.title))),
      BusEntry("xesam:album", .string("Tingle")),
    ]
    properties = [
      BusEntry("PlaybackStatus", .string(status.isPaused ? "Paused" : "Playing")),
      BusEntry("Metadata", .dictionary(metadata)),
      BusEntry("Volume", .double(Self.volume(ofDecibels: status.masterDB))),
      BusEntry("Rate", .double(1)), BusEntry("MinimumRate", .double(1)), BusEntry("MaximumRate", .double(1)),
      BusEntry("CanGoNext", .bool(canGoNext)), BusEntry("CanGoPrevious", .bool(canGoNext)),
      BusEntry("CanPlay", .bool(true)), BusEntry("CanPause", .bool(true)), BusEntry("CanSeek", .bool(true)),
      BusEntry("CanControl", .bool(true)),
    ]
  }

  /// The value of `Position` in microseconds.
  var position: BusValue { .int64(Int64(seconds * 1e6)) }

  /// The properties that clients can set.
  static let writable: Set<String> = ["Volume", "Rate"]

  /// The properties of org.mpris.MediaPlayer2.
  static let rootProperties = [
    BusEntry("CanQuit", .bool(true)), BusEntry("CanRaise", .bool(false)),
    BusEntry("HasTrackList", .bool(false)),
    BusEntry("Identity", .string("Tingle")), BusEntry("SupportedUriSchemes", .strings([])),
    BusEntry("SupportedMimeTypes", .strings([])),
  ]

  private static let lowestDB = -60.0

  /// The master level for a value of `Volume`, an amplitude: 0 is -60 dB, 1 and more is 0 dB.
  static func decibels(ofVolume volume: Double) -> Double {
    guard volume > 0 else { return lowestDB }
    return max(lowestDB, min(0, 20 * log10(volume)))
  }

  /// The value of `Volume`, 0 ... 1, for a master level.
  static func volume(ofDecibels level: Double) -> Double {
    level <= lowestDB ? 0 : pow(10, min(0, level) / 20)
  }

  /// A preset's name as an object path. Bytes that an object path cannot have are written as `_` and two
  /// hexadecimal digits.
  static func trackID(ofPreset name: String) -> String {
    let bytes = name.utf8.map { byte in
      let letter = Character(UnicodeScalar(byte))
      return letter.isASCII && (letter.isLetter || letter.isNumber)
        ? String(letter) : String(format: "_%02x", byte)
    }
    return "/org/tingle/preset/\(bytes.isEmpty ? "_" : bytes.joined())"
  }
}
