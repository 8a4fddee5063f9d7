import CALSA
import Foundation

/// A playback device in ALSA's list of PCM devices.
public struct PCMDescription: Sendable {
  /// The ALSA name, which `--device` accepts.
  public let name: String
  /// ALSA's description on one line.
  public let summary: String

  /// All playback devices.
  public static func all() -> [PCMDescription] {
    var hints: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
    guard snd_device_name_hint(-1, "pcm", &hints) == 0, let hints else { return [] }
    defer { snd_device_name_free_hint(hints) }
    var devices: [PCMDescription] = []
    var cursor = hints
    while let hint = cursor.pointee {
      func value(_ key: String) -> String? {
        guard let text = snd_device_name_get_hint(hint, key) else { return nil }
        defer { free(text) }
        return String(cString: text)
      }
      // A device without IOID supports both playback and capture.
      if let name = value("NAME"), value("IOID") ?? "Output" == "Output" {
        let summary = (value("DESC") ?? "").split(whereSeparator: \.isNewline).joined(separator: ", ")
        devices.append(PCMDescription(name: name, summary: summary))
      }
      cursor += 1
    }
    return devices
  }
}
