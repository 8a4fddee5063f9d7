import Dispatch
import Foundation
import Fuzzing
import Synchronization

// Checks the guarantees of random sleep presets. `fuzz [COUNT] [SEED] [FIRST]` shrinks each failing preset
// and writes it to a file in the current folder. `fuzz FILE...` checks preset files again.

let arguments = CommandLine.arguments.dropFirst()
let files = arguments.filter { $0.hasSuffix(".yaml") }
if !files.isEmpty {
  var allPass = true
  for file in files {
    let text = try String(contentsOf: URL(fileURLWithPath: file), encoding: .utf8)
    // The comment on the first line says whether the preset was measured in mono.
    let isMono = text.hasPrefix("#") && text.prefix { $0 != "\n" }.hasSuffix(", mono)")
    let reasons = try SleepGuarantees.violations(ofYAML: text, isMono: isMono)
    print("\(file): \(reasons.isEmpty ? "pass" : reasons.joined(separator: "; "))")
    allPass = allPass && reasons.isEmpty
  }
  exit(allPass ? 0 : 1)
}
let count = arguments.first.flatMap { Int($0) } ?? 2000
let seed = arguments.dropFirst().first.flatMap { UInt64($0) } ?? UInt64.random(in: 1...999_999)
print("\(count) random presets for sleep, seed \(seed)")

let failed = Mutex(0)
let first = arguments.dropFirst(2).first.flatMap { Int($0) } ?? 0
let next = Atomic<Int>(first)
let threads = ProcessInfo.processInfo.activeProcessorCount
DispatchQueue.concurrentPerform(iterations: threads) { _ in
  while true {
    let number = next.add(1, ordering: .relaxed).oldValue
    guard number < count else { return }
    let preset = RandomPreset(seed: seed, number: number)
    func violations(_ preset: RandomPreset) -> [String] {
      do { return try SleepGuarantees.violations(of: preset) } catch { return ["\(error)"] }
    }
    let reasons = violations(preset)
    if (number + 1) % 100 == 0 {
      print("\(number + 1) of \(count)")
      // Output to files and pipes is buffered.
      fflush(nil)
    }
    guard !reasons.isEmpty else { continue }
    let small = preset.shrunk { !violations($0).isEmpty }
    let path = "fuzz-\(seed)-\(number).yaml"
    let comment =
      "# \(violations(small).joined(separator: "; ")) (at \(small.measured)\(small.isMono ? ", mono" : ""))\n"
    try? Data((comment + small.yaml).utf8).write(to: URL(fileURLWithPath: path))
    print("\(path): \(reasons.joined(separator: "; "))")
    failed.withLock { $0 += 1 }
  }
}
let total = failed.withLock { $0 }
let checked = count - first
print(total == 0 ? "all \(checked) pass" : "\(total) of \(checked) fail; seed \(seed)")
exit(total == 0 ? 0 : 1)
