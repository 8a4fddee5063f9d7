import Foundation

/// Formats times, sizes and levels for display.
enum Format {
  /// A time such as `8:00:00` or `10:00`.
  static func clock(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded())
    let (h, m, s) = (whole / 3600, whole / 60 % 60, whole % 60)
    return h > 0 ? String(format: "%d:%02d:%02d", h, m, s) : String(format: "%d:%02d", m, s)
  }

  /// A size such as `8.3 GB`.
  static func bytes(_ count: Int) -> String {
    let units = ["bytes", "kB", "MB", "GB", "TB"]
    var value = Double(count)
    var unit = 0
    while value >= 1000, unit < units.count - 1 {
      value /= 1000
      unit += 1
    }
    return unit == 0 ? "\(count) bytes" : String(format: "%.1f %@", value, units[unit])
  }

  /// A level such as `-30.1`; `-inf` for silence.
  static func level(_ value: Double) -> String { value.isFinite ? String(format: "%.1f", value) : "-inf" }
}
