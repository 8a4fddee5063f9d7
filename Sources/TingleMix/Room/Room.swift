import TingleDSP

/// A small furnished room around the listener: early reflections and a diffuse tail.
///
/// mono send -> six first-order reflections (image sources, each with a delay and a gain per ear) -> mix;
/// mono send -> `DiffuseTail` -> mix. There is no feedback, so the memory is finite: `memoryFrames`.
package final class Room {
  /// The number of past frames that the output depends on.
  package let memoryFrames: Int
  /// The input: a block to which layers add their send before `render`.
  package let send: Buffer<Float>

  /// The reflection of one wall: its delay and gain at each ear.
  private struct Reflection: Sendable {
    var frames: (left: Int, right: Int) = (0, 0)
    var gains = StereoFrame.zero
  }

  private var line: DelayLine
  private var reflections = InlineArray<6, Reflection>(repeating: Reflection())
  private var tail: DiffuseTail
  private let tailGain: Float
  private let output: Buffer<StereoFrame>
  private var framesSinceSound = Int.max / 2

  /// - Parameters:
  ///   - size: the room model.
  ///   - sampleRate: in hertz.
  package init(_ size: RoomSize, sampleRate: Double) {
    let model = size.model
    send = Buffer(repeating: 0, count: Grid.frames)
    output = Buffer(repeating: .zero, count: Grid.frames)
    var latest = 0
    for (k, wall) in Self.walls(model).enumerated() {
      // A source at 30 cm, and its image behind the wall.
      let path = 2 * wall.metres
      let gain = model.reflection * 0.3 / path
      let side = wall.cosToRightEar
      let seconds = path / Sphere.speedOfSound
      let ears = (
        seconds + Sphere.delaySeconds(cosIncidence: -side, metres: path),
        seconds + Sphere.delaySeconds(cosIncidence: side, metres: path)
      )
      reflections[k].frames = (Int(ears.0 * sampleRate), Int(ears.1 * sampleRate))
      reflections[k].gains = Float(gain) * StereoFrame(Float(1 - 0.4 * side), Float(1 + 0.4 * side))
      latest = max(latest, reflections[k].frames.left, reflections[k].frames.right)
    }
    line = DelayLine(longestFrames: latest)
    var tail = DiffuseTail(
      decaySeconds: model.decaySeconds, damping: model.damping,
      beginsSeconds: (model.metres.min() / Sphere.speedOfSound), draws: Draws(seed: 1).branch(size.rawValue),
      sampleRate: sampleRate)
    memoryFrames = max(latest, tail.memoryFrames)
    tailGain = Float(Maths.amplitude(dB: model.levelDB) / tail.measuredGain())
    self.tail = tail
  }

  /// The distance and direction of each wall, floor and ceiling from a listener slightly off the centre.
  private static func walls(_ model: RoomSize.Model) -> [(metres: Double, cosToRightEar: Double)] {
    let (right, ahead) = (0.42 * model.metres.x, 0.36 * model.metres.y)
    let above = min(1.15, 0.5 * model.metres.z)
    return [
      (right, 1), (model.metres.x - right, -1), (ahead, 0.12), (model.metres.y - ahead, -0.12), (above, 0.05),
      (model.metres.z - above, -0.05),
    ]
  }

  /// Clears the send, the reflections and the tail.
  package func reset() {
    line.reset()
    tail.reset()
    send.fill(0)
    framesSinceSound = .max / 2
  }

  /// Adds the room's response to the block in `send`, and clears `send`.
  package func render(into mix: inout MutableSpan<StereoFrame>) {
    guard isSounding() else { return }
    line.next.update(from: send.baseAddress, count: Grid.frames)
    line.advance()
    for k in reflections.indices {
      let reflection = reflections[k]
      let (left, right) = (line.delayed(reflection.frames.left), line.delayed(reflection.frames.right))
      for i in 0..<Grid.frames { mix[i] += reflection.gains * StereoFrame(left[i], right[i]) }
    }
    tail.render(send.baseAddress, into: output.baseAddress)
    for i in 0..<Grid.frames { mix[i] += tailGain * output[i] }
    send.fill(0)
  }

  /// Whether the input or the memory contains a non-zero sample.
  private func isSounding() -> Bool {
    if send.elements.contains(where: { $0 != 0 }) {
      framesSinceSound = 0
      return true
    }
    framesSinceSound += Grid.frames
    // The time until the sound has left all lines in series, and the lines have been overwritten.
    return framesSinceSound < 2 * memoryFrames + 8 * Grid.frames
  }
}
