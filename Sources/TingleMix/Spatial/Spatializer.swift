import TingleDSP

/// The spatializer of one layer.
///
/// For headphones: layer -> decorrelator (point sources) -> binaural filter -> mix. For loudspeakers: layer
/// -> panning -> mix. In both cases a mono send, whose level rises with distance, feeds the room. Memory:
/// `memoryFrames`.
struct Spatializer: ~Copyable {
  /// The number of past frames that the output depends on.
  let memoryFrames: Int

  private let position: SourcePosition
  // The motion that a script directs; it replaces that of `position`.
  private let trajectory: SourceTrajectory
  private let draws: Draws
  private let blockSeconds: Double
  private var decorrelator: Decorrelator?
  private var filter: BinauralFilter?
  // The input of the binaural filter; nil for loudspeakers.
  private let rows: (left: UnsafeMutablePointer<Float>, right: UnsafeMutablePointer<Float>)?

  /// - Parameters:
  ///   - position: the source position and its motion.
  ///   - moves: the moves that a script directs; empty for the motion of `position`.
  ///   - decorrelates: true for a point source, whose channels are nearly identical.
  ///   - head: nil for loudspeakers.
  init(
    _ position: SourcePosition, moves: [SourceTrajectory.Move] = [], decorrelates: Bool, head: HRTF?,
    draws: Draws, sampleRate: Double
  ) {
    self.position = position
    trajectory = SourceTrajectory(moves)
    self.draws = draws
    blockSeconds = Double(Grid.frames) / sampleRate
    var frames = 0
    if decorrelates, head != nil {
      let decorrelator = Decorrelator(draws.branch("width"), sampleRate: sampleRate)
      frames += decorrelator.memoryFrames
      self.decorrelator = consume decorrelator
    } else {
      decorrelator = nil
    }
    if let head {
      let filter = BinauralFilter(head)
      rows = filter.rows
      frames += filter.memoryFrames
      self.filter = consume filter
    } else {
      rows = nil
      filter = nil
    }
    memoryFrames = frames
  }

  /// Clears the filter states.
  mutating func reset() {
    decorrelator?.reset()
    filter?.reset()
  }

  /// Adds a block of the layer to the mix and to the room send.
  /// - Parameters:
  ///   - number: the block's number on the grid.
  ///   - room: nil if there is no room.
  mutating func process(
    _ block: UnsafeMutableBufferPointer<StereoFrame>, number: Int, into mix: inout MutableSpan<StereoFrame>,
    room: UnsafeMutableBufferPointer<Float>?
  ) {
    let from = point(at: number)
    let to = trajectory.isEmpty && position.motion.isStill ? from : point(at: number + 1)
    if let room { send(block, from, to, to: room) }
    guard let rows else {
      pan(block, from, to, into: &mix)
      return
    }
    let source = UnsafePointer(block.baseAddress!)
    if decorrelator != nil {
      decorrelator!.process(source, into: rows)
    } else {
      Vector.split(source, into: rows)
    }
    filter!.process(block: number, from: from, to: to, into: &mix)
  }

  /// The source point at the start of a block.
  private func point(at number: Int) -> SourcePosition.Point {
    let seconds = Double(number) * blockSeconds
    return trajectory.isEmpty
      ? position.point(at: seconds, draws: draws) : trajectory.point(at: seconds)
  }

  /// Constant-power panning; positions behind the listener are mirrored to the front.
  private func pan(
    _ block: UnsafeMutableBufferPointer<StereoFrame>, _ from: SourcePosition.Point,
    _ to: SourcePosition.Point, into mix: inout MutableSpan<StereoFrame>
  ) {
    var gains = Self.panGains(from)
    let step = (Self.panGains(to) - gains) / Float(Grid.frames)
    for i in 0..<Grid.frames {
      mix[i] += gains * block[i]
      gains += step
    }
  }

  private static func panGains(_ point: SourcePosition.Point) -> SIMD2<Float> {
    let (right, left) = Maths.sinCos(turns: (1 + point.cosToRightEar) / 8)
    return Float(HRTF.distanceGain(point) * 2.0.squareRoot()) * SIMD2(Float(left), Float(right))
  }

  /// Adds the mono downmix of a block to the room send.
  private func send(
    _ block: UnsafeMutableBufferPointer<StereoFrame>, _ from: SourcePosition.Point,
    _ to: SourcePosition.Point, to room: UnsafeMutableBufferPointer<Float>
  ) {
    var gain = Self.sendGain(from)
    let step = (Self.sendGain(to) - gain) / Float(Grid.frames)
    for i in 0..<Grid.frames {
      room[i] += gain * (block[i].x + block[i].y)
      gain += step
    }
  }

  /// The gain of the room send: proportional to distance relative to the direct sound, at most 4. Includes
  /// the downmix's factor 0.5.
  private static func sendGain(_ point: SourcePosition.Point) -> Float {
    Float(0.5 * HRTF.distanceGain(point) * min(4, point.distanceMetres / 0.3))
  }
}

extension HRTF {
  /// The gain of a distance relative to 30 cm: 2 dB per doubling. The 6 dB of a free field would make near
  /// passes too loud for falling asleep.
  static func distanceGain(_ point: SourcePosition.Point) -> Double {
    Maths.pow(0.3 / point.distanceMetres, 0.35)
  }
}
