import CALSA
import Foundation

/// A playback device that ALSA knows.
public struct PCMDescription: Sendable {
  /// What `--device` takes.
  public let name: String
  /// What it is, in ALSA's words, on one line.
  public let summary: String

  /// Every device that plays.
  public static func all() -> [PCMDescription] {
    var hints: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
    guard snd_device_name_hint(-1, "pcm", &hints) == 0, let hints else { return [] }
    defer { snd_device_name_free_hint(hints) }
    var found: [PCMDescription] = []
    var place = hints
    while let hint = place.pointee {
      func value(_ key: String) -> String? {
        guard let text = snd_device_name_get_hint(hint, key) else { return nil }
        defer { free(text) }
        return String(cString: text)
      }
      // No direction means both.
      if let name = value("NAME"), value("IOID") ?? "Output" == "Output" {
        let summary = (value("DESC") ?? "").split(whereSeparator: \.isNewline).joined(separator: ", ")
        found.append(PCMDescription(name: name, summary: summary))
      }
      place += 1
    }
    return found
  }
}
