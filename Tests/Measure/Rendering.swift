import TingleDSP
import TingleMix

/// Renders mixes into arrays.
public enum Rendering {
  /// A mix of one layer, without fades, with little or no limiting, by default for loudspeakers.
  public static func mix(
    _ trigger: any Trigger, seconds: Double, seed: UInt64 = 1, levelDB: Double = -12,
    place: SourcePosition? = nil, output: OutputDevice = .speakers
  ) -> Mix {
    var mix = Mix(
      layers: [
        LayerSettings(name: "layer", trigger: trigger, levelDB: levelDB, place: place)
      ], seed: seed, durationSeconds: seconds)
    mix.output = output
    mix.master.fadeInSeconds = 0
    mix.master.fadeOutSeconds = 0
    return mix
  }

  /// The frames of a mix, rendered in portions of `blockSize`.
  public static func frames(
    _ mix: Mix, sampleRate: Double = 48000, from start: Int = 0, count: Int, blockSize: Int = 4096
  ) -> [StereoFrame] {
    let renderer = MixRenderer(mix, sampleRate: sampleRate, startFrame: start)
    var frames = [StereoFrame](repeating: .zero, count: count)
    frames.withUnsafeMutableBufferPointer { buffer in
      for k in stride(from: 0, to: count, by: blockSize) {
        renderer.render(into: buffer.extracting(k..<min(count, k + blockSize)))
      }
    }
    return frames
  }

  /// The mono downmix of a single trigger.
  public static func mono(
    _ trigger: any Trigger, seconds: Double, seed: UInt64 = 1, sampleRate: Double = 48000
  ) -> [Float] {
    let mix = mix(trigger, seconds: seconds, seed: seed)
    return frames(mix, sampleRate: sampleRate, count: Int(seconds * sampleRate)).map(\.mid)
  }
}
