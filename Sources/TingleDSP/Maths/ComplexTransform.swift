/// The discrete Fourier transform of complex numbers in single precision, for the render path: it allocates
/// only when it is created.
///
/// A Stockham autosort transform of radix 4, with one stage of radix 2 if the logarithm of the length is odd.
/// C. Van Loan, "Computational Frameworks for the Fast Fourier Transform" (1992), section 1.7. The order of
/// all operations is fixed, so that results are bit-identical on every machine.
public struct ComplexTransform: ~Copyable {
  /// The number of points; a power of two.
  public let count: Int
  // Six arrays for each stage of radix 4: cosines and sines of the first, second and third power of the root.
  private let twiddles: Buffer<Float>
  private let workRe: Buffer<Float>
  private let workIm: Buffer<Float>
  private let restRe: Buffer<Float>
  private let restIm: Buffer<Float>

  /// - Parameter count: the number of points: a power of two, 16 or more.
  public init(count: Int) {
    precondition(count >= 16 && count & (count - 1) == 0)
    self.count = count
    var table: [Float] = []
    var length = count
    while length >= 4 {
      for power in 1...3 {
        let roots = (0..<length / 4).map { Maths.sinCos(turns: -Double($0 * power) / Double(length)) }
        table += roots.map { Float($0.cos) } + roots.map { Float($0.sin) }
      }
      length /= 4
    }
    twiddles = Buffer(table)
    workRe = Buffer(repeating: 0, count: count)
    workIm = Buffer(repeating: 0, count: count)
    restRe = Buffer(repeating: 0, count: count)
    restIm = Buffer(repeating: 0, count: count)
  }

  /// Transforms in place, without scaling: X[k] = Σ x[n] e^(-2πikn/N). With `re` and `im` exchanged it is the
  /// inverse transform, also without scaling. Not for two threads at once.
  /// - Parameters:
  ///   - re: the real parts, `count` of them.
  ///   - im: the imaginary parts, `count` of them.
  public func transform(_ re: UnsafeMutablePointer<Float>, _ im: UnsafeMutablePointer<Float>) {
    let (first, second) = ((workRe.baseAddress, workIm.baseAddress), (restRe.baseAddress, restIm.baseAddress))
    let table = UnsafePointer(twiddles.baseAddress)
    Self.firstStage(re, im, first.0, first.1, count / 4, table)
    Self.interleave(first.0, to: second.0, count / 4)
    Self.interleave(first.1, to: second.1, count / 4)
    var (from, to) = (second, first)
    var (length, stride) = (count / 4, 4)
    var roots = table + 6 * (count / 4)
    while length >= 4 {
      let quarter = length / 4
      // The last stage writes the result.
      let target = quarter == 1 ? (re, im) : to
      Self.stage(from.0, from.1, target.0, target.1, quarter, stride, roots)
      roots += 6 * quarter
      (length, stride) = (quarter, 4 * stride)
      (from, to) = (target, from)
    }
    guard length == 2 else { return }
    for i in Swift.stride(from: 0, to: stride, by: 4) {
      let (ar, ai) = (Vectors.four(from.0 + i), Vectors.four(from.1 + i))
      let (br, bi) = (Vectors.four(from.0 + stride + i), Vectors.four(from.1 + stride + i))
      Vectors.store(ar + br, re + i)
      Vectors.store(ai + bi, im + i)
      Vectors.store(ar - br, re + stride + i)
      Vectors.store(ai - bi, im + stride + i)
    }
  }

  /// The first stage: four butterflies at a time. The results are not interleaved yet.
  @inline(never)
  private static func firstStage(
    _ re: UnsafeMutablePointer<Float>, _ im: UnsafeMutablePointer<Float>,
    _ toRe: UnsafeMutablePointer<Float>, _ toIm: UnsafeMutablePointer<Float>, _ quarter: Int,
    _ table: UnsafePointer<Float>
  ) {
    for p in Swift.stride(from: 0, to: quarter, by: 4) {
      let b = Butterfly(re + p, im + p, quarter)
      let roots = table + p
      let (y1r, y1i) = rotated(b.y1r, b.y1i, Vectors.four(roots), Vectors.four(roots + quarter))
      let (y2r, y2i) = rotated(
        b.y2r, b.y2i, Vectors.four(roots + 2 &* quarter), Vectors.four(roots + 3 &* quarter))
      let (y3r, y3i) = rotated(
        b.y3r, b.y3i, Vectors.four(roots + 4 &* quarter), Vectors.four(roots + 5 &* quarter))
      let (outRe, outIm) = (toRe + p, toIm + p)
      Vectors.store(b.y0r, outRe)
      Vectors.store(b.y0i, outIm)
      Vectors.store(y1r, outRe + quarter)
      Vectors.store(y1i, outIm + quarter)
      Vectors.store(y2r, outRe + 2 &* quarter)
      Vectors.store(y2i, outIm + 2 &* quarter)
      Vectors.store(y3r, outRe + 3 &* quarter)
      Vectors.store(y3i, outIm + 3 &* quarter)
    }
  }

  /// Interleaves four arrays of `quarter` numbers that follow each other.
  @inline(never)
  private static func interleave(
    _ from: UnsafeMutablePointer<Float>, to: UnsafeMutablePointer<Float>, _ quarter: Int
  ) {
    for p in 0..<quarter {
      let out = to + 4 &* p
      out[0] = from[p]
      out[1] = from[p &+ quarter]
      out[2] = from[p &+ 2 &* quarter]
      out[3] = from[p &+ 3 &* quarter]
    }
  }

  /// A later stage: `stride` butterflies with the same roots, four at a time.
  @inline(never)
  private static func stage(
    _ re: UnsafeMutablePointer<Float>, _ im: UnsafeMutablePointer<Float>,
    _ toRe: UnsafeMutablePointer<Float>, _ toIm: UnsafeMutablePointer<Float>, _ quarter: Int, _ stride: Int,
    _ table: UnsafePointer<Float>
  ) {
    for q in Swift.stride(from: 0, to: stride, by: 4) {
      let b = Butterfly(re + q, im + q, stride * quarter)
      let (outRe, outIm) = (toRe + q, toIm + q)
      Vectors.store(b.y0r, outRe)
      Vectors.store(b.y0i, outIm)
      Vectors.store(b.y1r, outRe + stride)
      Vectors.store(b.y1i, outIm + stride)
      Vectors.store(b.y2r, outRe + 2 * stride)
      Vectors.store(b.y2i, outIm + 2 * stride)
      Vectors.store(b.y3r, outRe + 3 * stride)
      Vectors.store(b.y3i, outIm + 3 * stride)
    }
    var (roots, from, to) = (table, stride, 4 &* stride)
    for _ in 1..<max(1, quarter) {
      roots += 1
      let (w1r, w1i) = (SIMD4(repeating: roots[0]), SIMD4(repeating: roots[quarter]))
      let (w2r, w2i) = (SIMD4(repeating: roots[2 &* quarter]), SIMD4(repeating: roots[3 &* quarter]))
      let (w3r, w3i) = (SIMD4(repeating: roots[4 &* quarter]), SIMD4(repeating: roots[5 &* quarter]))
      var (inRe, inIm, outRe, outIm) = (re + from, im + from, toRe + to, toIm + to)
      for _ in 0..<stride &>> 2 {
        let b = Butterfly(inRe, inIm, stride &* quarter)
        let (y1r, y1i) = rotated(b.y1r, b.y1i, w1r, w1i)
        Vectors.store(b.y0r, outRe)
        Vectors.store(b.y0i, outIm)
        Vectors.store(y1r, outRe + stride)
        Vectors.store(y1i, outIm + stride)
        let (y2r, y2i) = rotated(b.y2r, b.y2i, w2r, w2i)
        Vectors.store(y2r, outRe + 2 &* stride)
        Vectors.store(y2i, outIm + 2 &* stride)
        let (y3r, y3i) = rotated(b.y3r, b.y3i, w3r, w3i)
        Vectors.store(y3r, outRe + 3 &* stride)
        Vectors.store(y3i, outIm + 3 &* stride)
        (inRe, inIm, outRe, outIm) = (inRe + 4, inIm + 4, outRe + 4, outIm + 4)
      }
      (from, to) = (from &+ stride, to &+ 4 &* stride)
    }
  }
}

/// Four four-point transforms side by side.
private struct Butterfly {
  let y0r, y0i, y1r, y1i, y2r, y2i, y3r, y3i: SIMD4<Float>

  /// Reads four points that are `step` apart.
  @inline(__always)
  init(_ re: UnsafeMutablePointer<Float>, _ im: UnsafeMutablePointer<Float>, _ step: Int) {
    let (ar, ai) = (Vectors.four(re), Vectors.four(im))
    let (br, bi) = (Vectors.four(re + step), Vectors.four(im + step))
    let (cr, ci) = (Vectors.four(re + 2 * step), Vectors.four(im + 2 * step))
    let (dr, di) = (Vectors.four(re + 3 * step), Vectors.four(im + 3 * step))
    let (sr, si, tr, ti) = (ar + cr, ai + ci, ar - cr, ai - ci)
    let (ur, ui, vr, vi) = (br + dr, bi + di, br - dr, bi - di)
    (y0r, y0i) = (sr + ur, si + ui)
    (y1r, y1i) = (tr + vi, ti - vr)
    (y2r, y2i) = (sr - ur, si - ui)
    (y3r, y3i) = (tr - vi, ti + vr)
  }
}

@inline(__always) private func rotated(
  _ re: SIMD4<Float>, _ im: SIMD4<Float>, _ cos: SIMD4<Float>, _ sin: SIMD4<Float>
) -> (SIMD4<Float>, SIMD4<Float>) { (re * cos - im * sin, re * sin + im * cos) }
