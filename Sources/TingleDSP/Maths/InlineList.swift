/// A list with a fixed capacity, stored inline: no heap allocation and no reference counting.
///
/// Voices use it for pending events and for sounding parts, because they must not allocate while they render.
public struct InlineList<let capacity: Int, Element: Sendable>: Sendable {
  private var storage: InlineArray<capacity, Element>
  /// The number of elements in the list.
  public private(set) var count = 0

  /// An empty list.
  /// - Parameter filler: the value of unused slots; it is never read.
  public init(repeating filler: Element) { storage = InlineArray(repeating: filler) }

  /// Whether the list has no elements.
  public var isEmpty: Bool { count == 0 }
  /// Whether the list has reached its capacity.
  public var isFull: Bool { count == capacity }
  /// The valid indices, 0 ..< `count`.
  public var indices: Range<Int> { 0..<count }

  /// The element at a valid index.
  public subscript(index: Int) -> Element {
    // The getter is mutating so that it reads in place: a non-mutating one copies the whole storage.
    @inline(__always) mutating get { withUnsafeMutablePointer(to: &storage[index]) { $0.pointee } }
    @inline(__always) _modify { yield &storage[index] }
  }

  /// Appends an element, or drops it if the list is full.
  /// - Returns: whether the element was appended.
  @discardableResult public mutating func append(_ element: Element) -> Bool {
    guard count < capacity else { return false }
    storage[count] = element
    count += 1
    return true
  }

  /// Removes the element at `index` and moves the last element there, in constant time; the order changes.
  public mutating func swapRemove(at index: Int) {
    count -= 1
    storage[index] = storage[count]
  }

  /// Calls `body` with each element in order; it can change the element in place.
  @inline(__always) public mutating func forEach(_ body: (inout Element) -> Void) {
    for k in 0..<count { body(&storage[k]) }
  }

  /// Removes all elements for which `shouldRemove` is true; the others keep their order.
  @inline(__always) public mutating func removeAll(where shouldRemove: (borrowing Element) -> Bool) {
    var kept = 0
    for k in 0..<count where !shouldRemove(storage[k]) {
      if kept != k { storage[kept] = storage[k] }
      kept += 1
    }
    count = kept
  }
}
