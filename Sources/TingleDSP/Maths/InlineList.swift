/// A bag of at most `capacity` things with no memory of its own, for what comes and goes within a voice.
public struct InlineList<let capacity: Int, Element: Sendable>: Sendable {
  private var storage: InlineArray<capacity, Element>
  /// How many there are.
  public private(set) var count = 0

  /// An empty pool; `filler` stands in the unused places.
  public init(repeating filler: Element) { storage = InlineArray(repeating: filler) }

  /// True when there is nothing in it.
  public var isEmpty: Bool { count == 0 }
  /// True when nothing more fits.
  public var isFull: Bool { count == capacity }
  /// The places in use.
  public var indices: Range<Int> { 0..<count }

  /// The element at a place in use.
  public subscript(index: Int) -> Element {
    // A getter that does not mutate copies the whole storage to read one of it.
    @inline(__always) mutating get { withUnsafeMutablePointer(to: &storage[index]) { $0.pointee } }
    @inline(__always) _modify { yield &storage[index] }
  }

  /// Puts one in. A full pool stays as it is: what does not fit is not heard.
  @discardableResult public mutating func add(_ element: Element) -> Bool {
    guard count < capacity else { return false }
    storage[count] = element
    count += 1
    return true
  }

  /// Takes one out; the last takes its place.
  public mutating func remove(at index: Int) {
    count -= 1
    storage[index] = storage[count]
  }

  /// Visits each, in order, for changing it in place.
  @inline(__always) public mutating func forEach(_ body: (inout Element) -> Void) {
    for k in 0..<count { body(&storage[k]) }
  }

  /// Takes out those that fit; the others keep their order.
  @inline(__always) public mutating func removeAll(where isGone: (borrowing Element) -> Bool) {
    var kept = 0
    for k in 0..<count where !isGone(storage[k]) {
      if kept != k { storage[kept] = storage[k] }
      kept += 1
    }
    count = kept
  }
}
