/// A fixed-length array that owns its memory: allocated by `init`, freed by `deinit`.
///
/// Reading and writing count no reference and check no exclusive access, so the render path can use it. A
/// `let` buffer can be written, like the memory behind a pointer: its owner restricts it to one thread at a
/// time. Indices are checked in debug builds only.
///
/// Public although internal to the package: the compiler specialises and inlines only public code across
/// modules.
public struct Buffer<Element: BitwiseCopyable>: ~Copyable {
  /// The address of the first element.
  public let baseAddress: UnsafeMutablePointer<Element>
  /// The number of elements.
  public let count: Int

  /// Allocates `count` elements of the same value.
  @inlinable public init(repeating value: Element, count: Int) {
    self.count = count
    baseAddress = .allocate(capacity: count)
    baseAddress.initialize(repeating: value, count: count)
  }

  /// Copies a collection.
  @inlinable public init(_ elements: some Collection<Element>) {
    count = elements.count
    baseAddress = .allocate(capacity: count)
    _ = self.elements.initialize(from: elements)
  }

  @inlinable deinit { baseAddress.deallocate() }

  @inlinable @inline(__always)
  public subscript(index: Int) -> Element {
    get { elements[index] }
    nonmutating set { elements[index] = newValue }
  }

  /// The elements in a range.
  @inlinable @inline(__always)
  public subscript(range: Range<Int>) -> UnsafeMutableBufferPointer<Element> { elements.extracting(range) }

  /// All elements; valid as long as the buffer.
  @inlinable @inline(__always)
  public var elements: UnsafeMutableBufferPointer<Element> {
    UnsafeMutableBufferPointer(start: baseAddress, count: count)
  }

  /// The valid indices.
  @inlinable @inline(__always)
  public var indices: Range<Int> { 0..<count }

  /// Sets all elements to one value.
  @inlinable @inline(__always)
  public func fill(_ value: Element) { baseAddress.update(repeating: value, count: count) }
}
