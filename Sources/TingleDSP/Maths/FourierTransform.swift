/// The discrete Fourier transform, for what is prepared before anything sounds.
public enum FourierTransform {
  /// Transforms in place, without scaling: Σ x[n] e^(-2πikn/N).
  /// - Parameters:
  ///   - re: the real parts; a power of two of them.
  ///   - im: as many imaginary parts.
  public static func inPlace(_ re: inout [Double], _ im: inout [Double]) {
    let count = re.count
    precondition(count & (count - 1) == 0 && im.count == count)
    var j = 0
    for i in 1..<max(1, count) {
      var bit = count >> 1
      while j & bit != 0 {
        j ^= bit
        bit >>= 1
      }
      j |= bit
      if i < j {
        re.swapAt(i, j)
        im.swapAt(i, j)
      }
    }
    let turns = (0..<max(1, count / 2)).map { Maths.sinCos(turns: -Double($0) / Double(count)) }
    var span = 2
    while span <= count {
      let (half, stride) = (span / 2, count / span)
      for start in Swift.stride(from: 0, to: count, by: span) {
        for k in 0..<half {
          let turn = turns[k * stride]
          let (a, b) = (start + k, start + k + half)
          let (x, y) = (re[b] * turn.cos - im[b] * turn.sin, re[b] * turn.sin + im[b] * turn.cos)
          (re[b], im[b]) = (re[a] - x, im[a] - y)
          (re[a], im[a]) = (re[a] + x, im[a] + y)
        }
      }
      span *= 2
    }
  }
}
