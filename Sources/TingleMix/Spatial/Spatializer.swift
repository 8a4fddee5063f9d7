import TingleDSP

/// What is heard through.
public enum OutputDevice: String, Sendable, CaseIterable {
  /// A head's filters for each ear.
  case headphones
  /// Plain stereo: the listener's own head does the rest.
  case speakers
}

/// A layer's way from where it is to both ears, and to the room.
struct Spatializer: ~Copyable {
  /// What is heard now depends on so many frames before.
  let memoryFrames: Int

  private let place: SourcePosition
  private let draws: Draws
  private let blockSeconds: Double
  private var width: Decorrelator?
  private var ears: BinauralFilter?
  // Where the ears' filters take their input.
  private let rows: (left: UnsafeMutablePointer<Float>, right: UnsafeMutablePointer<Float>)?

  /// - Parameters:
  ///   - isWide: whether each ear has enough of its own already.
  ///   - head: nil for loudspeakers.
  init(_ place: SourcePosition, isWide: Bool, head: HRTF?, draws: Draws, sampleRate: Double) {
    self.place = place
    self.draws = draws
    blockSeconds = Double(Grid.frames) / sampleRate
    width = !isWide && head != nil ? Decorrelator(draws.branch("width"), sampleRate: sampleRate) : nil
    let widthFrames = width?.memoryFrames ?? 0
    if let head {
      let filters = BinauralFilter(head)
      rows = filters.rows
      memoryFrames = widthFrames + filters.memoryFrames
      ears = consume filters
    } else {
      rows = nil
      memoryFrames = widthFrames
      ears = nil
    }
  }

  /// Forgets everything.
  mutating func reset() {
    width?.reset()
    ears?.reset()
  }

  /// Adds a block of the layer to what the ears hear and to what the room hears.
  mutating func process(
    _ block: UnsafeMutableBufferPointer<StereoFrame>, number: Int, into mix: inout MutableSpan<StereoFrame>,
    room: UnsafeMutableBufferPointer<Float>?
  ) {
    let from = place.position(at: Double(number) * blockSeconds, draws: draws)
    let to = place.motion.isStill ? from : place.position(at: Double(number + 1) * blockSeconds, draws: draws)
    if let room { send(block, from, to, to: room) }
    guard let rows else {
      pan(block, from, to, into: &mix)
      return
    }
    let source = UnsafePointer(block.baseAddress!)
    if width != nil { width!.process(source, into: rows) } else { Vector.split(source, into: rows) }
    ears!.process(block: number, from: from, to: to, into: &mix)
  }

  /// Constant power between the loudspeakers; what is behind comes from in front.
  private func pan(
    _ block: UnsafeMutableBufferPointer<StereoFrame>, _ from: SourcePosition.Point,
    _ to: SourcePosition.Point,
    into mix: inout MutableSpan<StereoFrame>
  ) {
    var gains = Self.panned(from)
    let step = (Self.panned(to) - gains) / Float(Grid.frames)
    for i in 0..<Grid.frames {
      mix[i] += gains * block[i]
      gains += step
    }
  }

  private static func panned(_ position: SourcePosition.Point) -> SIMD2<Float> {
    let (right, left) = Maths.sinCos(turns: (1 + position.cosToRightEar) / 8)
    return Float(HRTF.law(position) * 2.0.squareRoot()) * SIMD2(Float(left), Float(right))
  }

  /// The farther away, the more the room has of it.
  private func send(
    _ block: UnsafeMutableBufferPointer<StereoFrame>, _ from: SourcePosition.Point,
    _ to: SourcePosition.Point,
    to room: UnsafeMutableBufferPointer<Float>
  ) {
    var gain = Self.sent(from)
    let step = (Self.sent(to) - gain) / Float(Grid.frames)
    for i in 0..<Grid.frames {
      room[i] += gain * (block[i].x + block[i].y)
      gain += step
    }
  }

  /// Half of the sum of both ears' frames, at the level that a point 30 cm away sends.
  private static func sent(_ position: SourcePosition.Point) -> Float {
    Float(0.5 * HRTF.law(position) * min(4, position.distanceMetres / 0.3))
  }
}

extension HRTF {
  /// How loud a distance is: a compromise between the law of distance, 6 dB for each doubling, and the peace of who falls
  /// asleep: 2 dB.
  static func law(_ position: SourcePosition.Point) -> Double {
    Maths.pow(0.3 / position.distanceMetres, 0.35)
  }
}
