/// A fixed-length array that owns its memory: allocated by `init`, freed by `deinit`.
///
/// Reading and writing count no reference and check no exclusive access, so the render path can use it. A
/// `let` buffer can be written, like the memory behind a pointer: its owner restricts it to one thread at a
/// time. Indices are checked in debug builds only.
package struct Buffer<Element: BitwiseCopyable>: ~Copyable {
  /// The address of the first element.
  package let baseAddress: UnsafeMutablePointer<Element>
  /// The number of elements.
  package let count: Int

  /// Allocates `count` elements of the same value.
  @inlinable package init(repeating value: Element, count: Int) {
    self.count = count
    baseAddress = .allocate(capacity: count)
    baseAddress.initialize(repeating: value, count: count)
  }

  /// Copies a collection.
  @inlinable package init(_ elements: some Collection<Element>) {
    count = elements.count
    baseAddress = .allocate(capacity: count)
    _ = self.elements.initialize(from: elements)
  }

  @inlinable deinit { baseAddress.deallocate() }

  @inlinable @inline(__always)
  package subscript(index: Int) -> Element {
    get { elements[index] }
    nonmutating set { elements[index] = newValue }
  }

  /// The elements in a range.
  @inlinable @inline(__always)
  package subscript(range: Range<Int>) -> UnsafeMutableBufferPointer<Element> { elements.extracting(range) }

  /// All elements; valid as long as the buffer.
  @inlinable @inline(__always)
  package var elements: UnsafeMutableBufferPointer<Element> {
    UnsafeMutableBufferPointer(start: baseAddress, count: count)
  }

  /// The valid indices.
  @inlinable @inline(__always)
  package var indices: Range<Int> { 0..<count }

  /// Sets all elements to one value.
  @inlinable @inline(__always)
  package func fill(_ value: Element) { baseAddress.update(repeating: value, count: count) }
}
