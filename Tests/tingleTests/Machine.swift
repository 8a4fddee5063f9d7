import Foundation

/// The machine that runs the tests.
enum Machine {
  /// The time that the hypervisor of a virtual machine has taken from its cores so far, in ticks of 10 ms.
  ///
  /// A player misses its deadline when that happens, whatever its priority.
  static var stolenTicks: Int {
    let text = try? String(contentsOfFile: "/proc/stat", encoding: .utf8)
    let numbers = text?.split(separator: "\n").first?.split(separator: " ").dropFirst().map { Int($0) ?? 0 }
    return numbers.flatMap { $0.count > 7 ? $0[7] : nil } ?? 0
  }
}
