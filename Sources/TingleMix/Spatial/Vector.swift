/// Arithmetic on rows of numbers, four at a time; every count is a multiple of 4.
enum Vector {
  @inline(__always)
  static func load(_ pointer: UnsafePointer<Float>, _ k: Int) -> SIMD4<Float> {
    UnsafeRawPointer(pointer + k).loadUnaligned(as: SIMD4<Float>.self)
  }

  @inline(__always)
  static func store(_ value: SIMD4<Float>, _ pointer: UnsafeMutablePointer<Float>, _ k: Int) {
    UnsafeMutableRawPointer(pointer + k).storeBytes(of: value, as: SIMD4<Float>.self)
  }

  /// Four frames: their left and right samples.
  @inline(__always)
  static func load(_ frames: UnsafePointer<StereoFrame>, _ k: Int) -> (
    left: SIMD4<Float>, right: SIMD4<Float>
  ) {
    let both = UnsafeRawPointer(frames + k).loadUnaligned(as: SIMD8<Float>.self)
    return (both.evenHalf, both.oddHalf)
  }

  /// The mean square of a block's samples.
  static func power(_ block: UnsafePointer<StereoFrame>) -> Float {
    var sum = SIMD4<Float>.zero
    for i in stride(from: 0, to: Grid.frames, by: 4) {
      let frames = load(block, i)
      sum += frames.left * frames.left + frames.right * frames.right
    }
    return sum.sum() / Float(2 * Grid.frames)
  }

  /// Writes a block's samples as one row for each ear.
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

  /// Adds to four frames.
  @inline(__always)
  static func add(
    _ left: SIMD4<Float>, _ right: SIMD4<Float>, _ frames: UnsafeMutablePointer<StereoFrame>, _ k: Int
  ) {
    let place = UnsafeMutableRawPointer(frames + k)
    var both = SIMD8<Float>()
    (both.evenHalf, both.oddHalf) = (left, right)
    place.storeBytes(of: place.loadUnaligned(as: SIMD8<Float>.self) + both, as: SIMD8<Float>.self)
  }

  /// The sum of four rows, each with its share.
  static func blend(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafePointer<Float>,
    _ d: UnsafePointer<Float>,
    _ shares: (Float, Float, Float, Float), into output: UnsafeMutablePointer<Float>, count: Int
  ) {
    for k in stride(from: 0, to: count, by: 4) {
      let sum =
        shares.0 * load(a, k) + shares.1 * load(b, k) + (shares.2 * load(c, k) + shares.3 * load(d, k))
      store(sum, output, k)
    }
  }

  /// The convolution of a row with a shorter one, as far as the longer one goes.
  static func convolve(
    _ long: UnsafePointer<Float>, _ count: Int, _ short: UnsafePointer<Float>, _ shortCount: Int,
    into output: UnsafeMutablePointer<Float>
  ) {
    output.update(repeating: 0, count: count)
    for j in 0..<min(count, shortCount) {
      let share = short[j]
      let room = count - j
      var k = 0
      while k + 4 <= room {
        store(load(output, j + k) + share * load(long, k), output, j + k)
        k += 4
      }
      while k < room {
        output[j + k] += share * long[k]
        k += 1
      }
    }
  }
}
