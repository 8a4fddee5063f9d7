/// A sheet: the facets between its creases.
struct Sheet: Sendable {
  static let facetCount = 18
  private var facets = InlineArray<18, Facet>(repeating: Facet())

  /// The probability that a snap creases its facet.
  private static let creaseProbability = 0.08

  /// Draws a sheet of a material.
  init(_ model: MaterialModel, dice: inout Dice) {
    for k in 0..<Self.facetCount { facets[k] = Facet(model, dice: &dice) }
  }

  /// The facet at an index.
  subscript(index: Int) -> Facet { facets[index] }

  /// The index of the facet of the nearest size, among the first `count`.
  func index(nearest size: Double, among count: Int = facetCount) -> Int {
    var best = 0
    var nearest = Double.infinity
    let facets = facets.span
    for k in 0..<count {
      let distance = abs(facets[k].size - size)
      if distance < nearest { (best, nearest) = (k, distance) }
    }
    return best
  }

  /// Replaces a facet by a new one, with the probability of a crease.
  /// - Returns: whether the facet was replaced.
  @discardableResult mutating func mayCrease(_ index: Int, _ model: MaterialModel, dice: inout Dice) -> Bool {
    guard dice.chance(Self.creaseProbability) else { return false }
    facets[index] = Facet(model, dice: &dice)
    return true
  }

  /// Takes the facet of the nearest size for a snap; sometimes the snap creases it first.
  mutating func snappedFacet(nearest size: Double, _ model: MaterialModel, dice: inout Dice) -> Facet {
    let index = index(nearest: size)
    mayCrease(index, model, dice: &dice)
    return facets[index]
  }
}
