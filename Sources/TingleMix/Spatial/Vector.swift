import TingleDSP

/// SIMD operations on rows of samples, four or eight at a time. Unless stated otherwise, counts are multiples
/// of 4.
enum Vector {
  /// Loads four samples from index `k`.
  @inline(__always)
  static func load(_ pointer: UnsafePointer<Float>, _ k: Int) -> SIMD4<Float> {
    UnsafeRawPointer(pointer + k).loadUnaligned(as: SIMD4<Float>.self)
  }

  /// Loads eight samples from index `k`.
  @inline(__always)
  static func eight(_ pointer: UnsafePointer<Float>, _ k: Int) -> SIMD8<Float> {
    UnsafeRawPointer(pointer + k).loadUnaligned(as: SIMD8<Float>.self)
  }

  /// Stores the samples of a vector at index `k`.
  @inline(__always)
  static func store<V: SIMD>(_ value: V, _ pointer: UnsafeMutablePointer<Float>, _ k: Int)
  where V.Scalar == Float {
    UnsafeMutableRawPointer(pointer + k).storeBytes(of: value, as: V.self)
  }

  /// Loads four frames from index `k`, deinterleaved.
  @inline(__always)
  static func load(_ frames: UnsafePointer<StereoFrame>, _ k: Int) -> (
    left: SIMD4<Float>, right: SIMD4<Float>
  ) {
    let both = UnsafeRawPointer(frames + k).loadUnaligned(as: SIMD8<Float>.self)
    return (both.evenHalf, both.oddHalf)
  }

  /// The mean square of a grid block's samples.
  static func power(_ block: UnsafePointer<StereoFrame>) -> Float {
    var sum = SIMD4<Float>.zero
    for i in stride(from: 0, to: Grid.frames, by: 4) {
      let frames = load(block, i)
      sum += frames.left * frames.left + frames.right * frames.right
    }
    return sum.sum() / Float(2 * Grid.frames)
  }

  /// Deinterleaves a grid block into one row of samples per ear.
  static func split(
    _ block: UnsafePointer<StereoFrame>,
    into rows: (left: UnsafeMutablePointer<Float>, right: UnsafeMutablePointer<Float>)
  ) {
    for i in stride(from: 0, to: Grid.frames, by: 4) {
      let frames = load(block, i)
      store(frames.left, rows.left, i)
      store(frames.right, rows.right, i)
    }
  }

  /// Adds four samples per ear to the frames from index `k`.
  @inline(__always)
  static func add(
    _ left: SIMD4<Float>, _ right: SIMD4<Float>, _ frames: UnsafeMutablePointer<StereoFrame>, _ k: Int
  ) {
    let address = UnsafeMutableRawPointer(frames + k)
    var both = SIMD8<Float>()
    (both.evenHalf, both.oddHalf) = (left, right)
    address.storeBytes(of: address.loadUnaligned(as: SIMD8<Float>.self) + both, as: SIMD8<Float>.self)
  }

  /// Adds eight samples per ear to the frames from index `k`.
  @inline(__always)
  static func add(
    _ left: SIMD8<Float>, _ right: SIMD8<Float>, _ frames: UnsafeMutablePointer<StereoFrame>, _ k: Int
  ) {
    add(left.lowHalf, right.lowHalf, frames, k)
    add(left.highHalf, right.highHalf, frames, k + 4)
  }

  /// The weighted sum of four rows.
  static func blend(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafePointer<Float>,
    _ d: UnsafePointer<Float>,
    _ weights: (Float, Float, Float, Float), into output: UnsafeMutablePointer<Float>, count: Int
  ) {
    for k in stride(from: 0, to: count, by: 4) {
      let sum =
        weights.0 * load(a, k) + weights.1 * load(b, k) + (weights.2 * load(c, k) + weights.3 * load(d, k))
      store(sum, output, k)
    }
  }

  /// The convolution of two rows of any lengths, truncated to the length of the first.
  static func convolve(
    _ long: UnsafePointer<Float>, _ count: Int, _ short: UnsafePointer<Float>, _ shortCount: Int,
    into output: UnsafeMutablePointer<Float>
  ) {
    output.update(repeating: 0, count: count)
    for j in 0..<min(count, shortCount) {
      let coefficient = short[j]
      let remaining = count - j
      var k = 0
      while k + 4 <= remaining {
        store(load(output, j + k) + coefficient * load(long, k), output, j + k)
        k += 4
      }
      while k < remaining {
        output[j + k] += coefficient * long[k]
        k += 1
      }
    }
  }
}
