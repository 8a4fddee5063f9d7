import Dispatch
import Foundation
import Fuzzing
import Synchronization

// Random presets for sleep, each held to what every one of them promises. `fuzz [COUNT] [SEED] [FIRST]`; what fails is made small and
// written to a preset file in the current folder. `fuzz FILE...` measures preset files again.

let arguments = CommandLine.arguments.dropFirst()
let files = arguments.filter { $0.hasSuffix(".yaml") }
if !files.isEmpty {
  var isKept = true
  for file in files {
    let text = try String(contentsOf: URL(fileURLWithPath: file), encoding: .utf8)
    // A comment on the first line says how it was measured.
    let isMono = text.hasPrefix("#") && text.prefix { $0 != "\n" }.hasSuffix(", mono)")
    let reasons = try NightPromise.broken(byYAML: text, isMono: isMono)
    print("\(file): \(reasons.isEmpty ? "kept" : reasons.joined(separator: "; "))")
    isKept = isKept && reasons.isEmpty
  }
  exit(isKept ? 0 : 1)
}
let count = arguments.first.flatMap { Int($0) } ?? 2000
let seed = arguments.dropFirst().first.flatMap { UInt64($0) } ?? UInt64.random(in: 1...999_999)
print("\(count) random presets for sleep, seed \(seed)")

let failed = Mutex(0)
let first = arguments.dropFirst(2).first.flatMap { Int($0) } ?? 0
let begun = Atomic<Int>(first)
let threads = ProcessInfo.processInfo.activeProcessorCount
DispatchQueue.concurrentPerform(iterations: threads) { _ in
  while true {
    let number = begun.add(1, ordering: .relaxed).oldValue
    guard number < count else { return }
    let preset = RandomPreset(seed: seed, number: number)
    func broken(_ preset: RandomPreset) -> [String] {
      do { return try NightPromise.broken(by: preset) } catch { return ["\(error)"] }
    }
    let reasons = broken(preset)
    if (number + 1) % 100 == 0 {
      print("\(number + 1) of \(count)")
      // Seen in files and pipes too.
      fflush(nil)
    }
    guard !reasons.isEmpty else { continue }
    let small = preset.shrunk { !broken($0).isEmpty }
    let path = "fuzz-\(seed)-\(number).yaml"
    let comment =
      "# \(broken(small).joined(separator: "; ")) (at \(small.measured)\(small.isMono ? ", mono" : ""))\n"
    try? Data((comment + small.yaml).utf8).write(to: URL(fileURLWithPath: path))
    print("\(path): \(reasons.joined(separator: "; "))")
    failed.withLock { $0 += 1 }
  }
}
let total = failed.withLock { $0 }
let tried = count - first
print(total == 0 ? "all \(tried) keep what they promise" : "\(total) of \(tried) fail; seed \(seed)")
exit(total == 0 ? 0 : 1)
