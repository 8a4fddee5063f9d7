extension Timetable {
  /// The timetable as text: a line for each chapter and each entry, with its start, its length and its words.
  public var text: String {
    var lines: [String] = []
    var chapters = chapters[...]
    for entry in entries {
      while let chapter = chapters.first, chapter.startSeconds <= entry.startSeconds {
        lines.append("\(Self.clock(chapter.startSeconds))          # \(chapter.title)")
        chapters.removeFirst()
      }
      let length = Self.tenths(entry.seconds) + " s"
      let indentation = String(repeating: "  ", count: entry.depth)
      lines.append(
        "\(Self.clock(entry.startSeconds))  "
          + String(repeating: " ", count: max(0, 8 - length.count)) + length
          + "  \(indentation)\(entry.description)")
    }
    lines.append("\(Self.clock(endSeconds))            end")
    return lines.joined(separator: "\n")
  }

  /// A time as `m:ss.t` or `h:mm:ss.t`.
  static func clock(_ seconds: Double) -> String {
    let tenths = Int((10 * seconds).rounded())
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let (hours, minutes, rest) = (tenths / 36_000, tenths / 600 % 60, tenths % 600)
    let end = "\(two(minutes)):\(two(rest / 10)).\(rest % 10)"
    return hours > 0 ? "\(hours):\(end)" : "  \(end)"
  }

  private static func tenths(_ seconds: Double) -> String {
    let tenths = Int((10 * seconds).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  /// A time in the shortest unit: `0.1s`, `20s`, `2m`, `1h`.
  static func brief(_ seconds: Double) -> String {
    switch seconds {
    case 3600...: "\(Int(seconds / 3600))h"
    case 120...: "\(Int(seconds / 60))m"
    default: seconds == seconds.rounded() ? "\(Int(seconds))s" : "\(seconds)s"
    }
  }
}

extension Timetable.Entry {
  /// The words of a line, or a direction in brackets.
  public var description: String {
    switch kind {
    case .line: text
    case .breaths: "[breathe with me \(text) times]"
    case .pause: "[pause]"
    case .move, .action: "[\(text)]"
    }
  }
}
