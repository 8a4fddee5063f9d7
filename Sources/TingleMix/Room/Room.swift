import TingleDSP

/// A small furnished room round the listener: the first reflections of its walls, and a short diffuse tail.
///
/// Finite memory: nothing is fed back, so the room can be sought like everything else.
package final class Room {
  /// What is heard now depends on so many frames before.
  package let memoryFrames: Int
  /// Where layers add what the room is to hear of a block.
  package let send: UnsafeMutableBufferPointer<Float>

  /// A wall's reflection on its way to both ears.
  private struct Echo: Sendable {
    var frames: (left: Int, right: Int) = (0, 0)
    var gains = StereoFrame.zero
  }

  private var heard: DelayLine
  private var echoes = InlineArray<6, Echo>(repeating: Echo())
  private var tail: DiffuseTail
  private let tailGain: Float
  private let output: UnsafeMutableBufferPointer<StereoFrame>
  private var framesSinceSound = Int.max / 2

  /// A room.
  /// - Parameters:
  ///   - size: which one.
  ///   - sampleRate: in hertz.
  package init(_ size: RoomSize, sampleRate: Double) {
    let law = size.law
    send = .allocate(capacity: Grid.frames)
    send.initialize(repeating: 0)
    output = .allocate(capacity: Grid.frames)
    output.initialize(repeating: .zero)
    var latest = 0
    for (k, wall) in Self.walls(law).enumerated() {
      // A sound at 30 cm, and its image behind the wall.
      let path = 2 * wall.metres
      let gain = law.reflection * 0.3 / path
      let side = wall.cosToRightEar
      let seconds = path / Sphere.speedOfSound
      let ears = (
        seconds + Sphere.delaySeconds(cosIncidence: -side, metres: path),
        seconds + Sphere.delaySeconds(cosIncidence: side, metres: path)
      )
      echoes[k].frames = (Int(ears.0 * sampleRate), Int(ears.1 * sampleRate))
      echoes[k].gains = Float(gain) * StereoFrame(Float(1 - 0.4 * side), Float(1 + 0.4 * side))
      latest = max(latest, echoes[k].frames.left, echoes[k].frames.right)
    }
    heard = DelayLine(longestFrames: latest)
    tail = DiffuseTail(
      decaySeconds: law.decaySeconds, damping: law.damping,
      beginsSeconds: (law.metres.min() / Sphere.speedOfSound), draws: Draws(seed: 1).branch(size.rawValue),
      sampleRate: sampleRate)
    memoryFrames = max(latest, tail.memoryFrames)
    tailGain = Float(Maths.amplitude(dB: law.levelDB) / tail.measuredGain(scratch: output))
  }

  deinit {
    heard.deallocate()
    tail.deallocate()
    send.deallocate()
    output.deallocate()
  }

  /// The walls, the floor and the ceiling: how far away, and on which side, for somebody who sits a little off the middle.
  private static func walls(_ law: RoomSize.Model) -> [(metres: Double, cosToRightEar: Double)] {
    let (right, ahead, above) = (0.42 * law.metres.x, 0.36 * law.metres.y, min(1.15, 0.5 * law.metres.z))
    return [
      (right, 1), (law.metres.x - right, -1), (ahead, 0.12), (law.metres.y - ahead, -0.12), (above, 0.05),
      (law.metres.z - above, -0.05),
    ]
  }

  /// Forgets everything.
  package func reset() {
    heard.reset()
    tail.reset()
    send.update(repeating: 0)
    framesSinceSound = .max / 2
  }

  /// Adds what comes back of the block in `send`, and empties it.
  package func render(into mix: inout MutableSpan<StereoFrame>) {
    guard sounds() else { return }
    heard.next.update(from: send.baseAddress!, count: Grid.frames)
    heard.written()
    for k in echoes.indices {
      let echo = echoes[k]
      let (left, right) = (heard.delayed(echo.frames.left), heard.delayed(echo.frames.right))
      for i in 0..<Grid.frames { mix[i] += echo.gains * StereoFrame(left[i], right[i]) }
    }
    tail.render(send.baseAddress!, into: output.baseAddress!)
    for i in 0..<Grid.frames { mix[i] += tailGain * output[i] }
    send.update(repeating: 0)
  }

  /// Whether anything is heard or still remembered.
  private func sounds() -> Bool {
    if send.contains(where: { $0 != 0 }) {
      framesSinceSound = 0
      return true
    }
    framesSinceSound += Grid.frames
    // Time for the sound to leave every line, one behind the other, and for the lines to be overwritten.
    return framesSinceSound < 2 * memoryFrames + 8 * Grid.frames
  }
}
