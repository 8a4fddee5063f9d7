import Foundation
import TingleDSP
import TingleMix

// probe: tingle TRIGGER[:parameter=value,...] SECONDS SEED OUT.raw  -> stereo float32 48 kHz
let a = CommandLine.arguments
let head = a[1].split(separator: ":", maxSplits: 1).map(String.init)
func configure<T: Trigger>(_ type: T.Type) -> any Trigger {
  var t = T()
  for pair in head.dropFirst().joined().split(separator: ",") {
    let kv = pair.split(separator: "=").map(String.init)
    guard let p = T.parameters.first(where: { $0.name == kv[0] }) else { fatalError("no \(kv[0])") }
    p.set(&t, Double(kv[1]).map { .number($0) } ?? .word(kv[1]))
  }
  return t
}
let rate = a.count > 5 ? Double(a[5])! : 48000
var mix = Mix(layers: [LayerSettings(name: "x", trigger: configure(Catalogue.trigger(named: head[0])!))])
mix.seed = UInt64(a[3])!
mix.durationSeconds = Double(a[2])!
mix.master.fadeInSeconds = 0.01
mix.master.fadeOutSeconds = 0.01
let r = MixRenderer(mix, sampleRate: rate)
let n = Int(mix.durationSeconds * rate)
let buf = UnsafeMutableBufferPointer<SIMD2<Float>>.allocate(capacity: n)
buf.initialize(repeating: .zero)
let t0 = Date()
r.render(into: buf)
let t = Date().timeIntervalSince(t0)
print(Int(mix.durationSeconds / t), "x real time,", (t / Double(n) * 1e10).rounded() / 10, "ns/frame")
try Data(buffer: buf).write(to: URL(fileURLWithPath: a[4]))
