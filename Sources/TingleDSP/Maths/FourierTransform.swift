/// The discrete Fourier transform in double precision: radix-2, decimation in time.
///
/// It is used when filters and tables are prepared, never while audio is rendered.
public enum FourierTransform {
  /// Transforms in place, without scaling: X[k] = Σ x[n] e^(-2πikn/N).
  /// - Parameters:
  ///   - re: the real parts; their number N must be a power of two.
  ///   - im: the imaginary parts, of the same number.
  public static func inPlace(_ re: inout [Double], _ im: inout [Double]) {
    let count = re.count
    precondition(count & (count - 1) == 0 && im.count == count)
    // Bit-reversal permutation.
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
    let twiddles = (0..<max(1, count / 2)).map { Maths.sinCos(turns: -Double($0) / Double(count)) }
    var span = 2
    while span <= count {
      let (half, stride) = (span / 2, count / span)
      for start in Swift.stride(from: 0, to: count, by: span) {
        for k in 0..<half {
          let twiddle = twiddles[k * stride]
          let (a, b) = (start + k, start + k + half)
          let (x, y) = (re[b] * twiddle.cos - im[b] * twiddle.sin, re[b] * twiddle.sin + im[b] * twiddle.cos)
          (re[b], im[b]) = (re[a] - x, im[a] - y)
          (re[a], im[a]) = (re[a] + x, im[a] + y)
        }
      }
      span *= 2
    }
  }
}
