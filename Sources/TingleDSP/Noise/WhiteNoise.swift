/// White noise with an RMS of 1, a pure function of its draws and the sample's number.
public struct WhiteNoise: Sendable {
  let draws: Draws
  var index: UInt64 = 0

  /// Noise that begins at the stream's first draw.
  public init(_ draws: Draws) { self.draws = draws }

  /// The next sample: uniform in -√3 ... √3.
  @inline(__always) public mutating func next() -> Float {
    defer { index &+= 1 }
    return draws.white(index) * 1.7320508
  }
}
