/// A section of a texture: synthesis -> high-pass. Sections join without a seam, because the synthesis is a
/// function of time.
public struct TextureVoice: Voice {
  public typealias Settings = Texture

  /// The synthesis, which the sections of a layer use one after the other.
  public struct Shared: Sendable {
    let synthesis: TextureSynthesis
    let position: SectionPosition
    let gain: Double
    let gusts: Double
  }

  /// The next frame that a layer's synthesis is prepared for, and the section that it belongs to.
  ///
  /// `@unchecked Sendable`: one thread at a time renders a layer.
  final class SectionPosition: @unchecked Sendable {
    var section: Int?
    var frame = 0
  }

  private let synthesis: Unmanaged<TextureSynthesis>
  private let position: Unmanaged<SectionPosition>
  private let index: Int
  private let startFrame: Int
  private let spanFrames: Int
  private let pace: Double
  private let gain: Double
  private let depth: Double
  private let changes: Drift
  private let sampleRate: Double
  private var subsonic: Subsonic
  private var frame = 0

  /// The sound before a section that its high-pass needs.
  private static let warmUpSeconds = 0.1

  public static func prepare(_ settings: Texture, layer: Draws, sampleRate: Double) -> Shared {
    let model = settings.model ?? ShippedTextures.model(named: settings.file) ?? TextureModel()
    var controls = TextureSynthesis.Controls()
    controls.pace = settings.pace
    controls.tiltDBPerOctave = settings.brightnessDBPerOctave
    controls.softness = settings.softness
    return Shared(
      synthesis: TextureSynthesis(
        model, controls, draws: layer.branch("texture"), sampleRate: sampleRate),
      position: SectionPosition(),
      gain: model.loudnessGain * Maths.amplitude(dB: settings.intensityDB), gusts: settings.gusts)
  }

  public init(_ shared: borrowing Shared, cue: Cue) {
    synthesis = .passUnretained(shared.synthesis)
    position = .passUnretained(shared.position)
    index = cue.index
    sampleRate = cue.sampleRate
    subsonic = Subsonic(sampleRate: cue.sampleRate)
    startFrame = Int((cue.seconds * cue.sampleRate).rounded())
    spanFrames = cue.spanFrames
    pace = cue.pace
    (gain, depth) = (shared.gain, 0.32 * shared.gusts)
    changes = Drift(cue.layer.branch("gusts"), slowestSeconds: 120, octaves: 4)
  }

  public mutating func render(into block: inout MutableSpan<SIMD2<Float>>) -> Bool {
    let count = min(block.count, spanFrames - frame)
    let level = Float(gain * change(at: frame))
    let step = (Float(gain * change(at: frame + block.count)) - level) / Float(block.count)
    let (index, startFrame, frame, pace) = (index, startFrame, frame, pace)
    let synthesis = synthesis
    let warmUpFrames = frame == 0 ? Int(Self.warmUpSeconds * sampleRate) : 0
    var filter = subsonic
    position._withUnsafeGuaranteedRef { position in
      synthesis._withUnsafeGuaranteedRef { synthesis in
        block.withUnsafeMutableBufferPointer { frames in
          guard let first = frames.baseAddress else { return }
          // A section starts afresh, so that its sound does not depend on whether the last one was rendered.
          if position.section != index || position.frame != frame {
            synthesis.seek(toFrame: startFrame + frame - warmUpFrames, pace: pace)
            var left = warmUpFrames
            while left > 0 {
              let part = frames.extracting(0..<min(left, frames.count))
              synthesis.render(into: first, count: part.count, level: level)
              var span = part.mutableSpan
              filter.process(&span)
              part.update(repeating: .zero)
              left -= part.count
            }
          }
          synthesis.render(into: first, count: count, level: level, step: step)
          var span = frames.extracting(0..<count).mutableSpan
          filter.process(&span)
        }
        (position.section, position.frame) = (index, frame + count)
      }
    }
    subsonic = filter
    self.frame += count
    return self.frame < spanFrames
  }

  /// The gain of the changes over minutes.
  private func change(at frame: Int) -> Double {
    guard depth > 0 else { return 1 }
    let seconds = Double(startFrame + frame) / sampleRate
    return Maths.exp(depth * max(-2, min(2, changes.value(at: seconds))))
  }
}
