/// Draws: a counter-based random stream, which can be read at any index and in any order.
///
/// Streams form a tree: seed -> layer -> voice -> purpose. A branch is addressed by a number or a name, and
/// all branches are statistically independent. A stream has no state: results do not depend on earlier draws.
public struct Draws: Sendable, Equatable {
  /// The key for `Squares`, for callers that need 64 bits per index.
  public let key: UInt64

  /// The root stream of a mix.
  public init(seed: UInt64) { key = Self.mixed(seed &+ 0x9E37_79B9_7F4A_7C15) | 1 }

  @inlinable init(key: UInt64) { self.key = key }

  /// The branch with the given number.
  @inlinable @inline(__always) public func branch(_ number: UInt64) -> Draws {
    // The halves are swapped and a constant other than the root's is used, so that a seed and a branch with
    // the same number do not give related keys.
    Draws(key: Self.mixed(Squares.swapHalves(key) &+ Self.mixed(number &+ 0xD1B5_4A32_D192_ED03)) | 1)
  }

  /// The branch with the given number, which can be negative.
  @inlinable @inline(__always) public func branch(_ number: Int) -> Draws {
    branch(UInt64(bitPattern: Int64(number)))
  }

  /// The branch with the given name; its number is the FNV-1a hash of the UTF-8 bytes.
  public func branch(_ name: String) -> Draws { branch(FNV1a.hash(name.utf8)) }

  /// 32 random bits at `index`.
  @inlinable @inline(__always) public func bits(_ index: UInt64) -> UInt32 {
    Squares.bits32(counter: index, key: key)
  }

  /// A uniform number in the open interval (0, 1) at `index`.
  @inlinable @inline(__always) public func uniform(_ index: UInt64) -> Double {
    (Double(bits(index)) + 0.5) * 0x1p-32
  }

  /// A sample of white noise at `index`: uniform in -1 ... 1, with a mean square of 1/3.
  @inlinable @inline(__always) public func white(_ index: UInt64) -> Float {
    Float(Int32(bitPattern: bits(index))) * 0x1p-31
  }

  // The finaliser of MurmurHash3 in D. Stafford's variant 13: each input bit affects each output bit.
  @usableFromInline static func mixed(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z &>> 31)
  }
}
