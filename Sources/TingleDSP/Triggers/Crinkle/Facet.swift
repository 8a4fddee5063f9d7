/// A patch of the sheet between creases, with its own few modes; it snaps to and fro many times before it changes.
struct Facet: Sendable {
  /// A mode of the facet.
  struct Mode: Sendable {
    var frequencyHz = 0.0
    var dampingPerSecond = 0.0
    /// Amplitude; the squares of all add up to 1.
    var gain = 0.0
  }

  /// 0 the smallest, 1 the largest.
  private(set) var size = 0.0
  private(set) var modes = InlineArray<6, Mode>(repeating: Mode())

  /// A facet of no size, to be drawn.
  init() {}

  /// Draws a facet of the material: large ones are lower and ring longer.
  init(_ law: MaterialModel, dice: inout Dice) {
    size = dice.uniform()
    let span = law.facetHz.upperBound / law.facetHz.lowerBound
    var hz = law.facetHz.upperBound * Maths.pow(span, -size)
    let lowestHz = hz
    let t60 =
      law.t60Seconds.lowerBound
      * Maths.pow(law.t60Seconds.upperBound / law.t60Seconds.lowerBound, size)
      * dice.logNormal(sigma: 0.25)
    var energy = 0.0
    for n in 0..<law.modes {
      // The higher modes die sooner, as f^-½.
      let ring = t60 * (lowestHz / hz).squareRoot()
      let gain = dice.gain(spreadDB: 4) * Maths.pow(Double(n + 1), -0.4)
      modes[n] = Mode(frequencyHz: hz, dampingPerSecond: 6.91 / ring, gain: gain)
      energy += gain * gain
      hz *= dice.uniform(1.15...1.9)
    }
    for n in 0..<law.modes { modes[n].gain /= energy.squareRoot() }
  }
}

/// The sheet: the facets that there are at the moment.
struct Sheet: Sendable {
  static let facetCount = 18
  private var facets = InlineArray<18, Facet>(repeating: Facet())

  /// Draws a sheet.
  init(_ law: MaterialModel, dice: inout Dice) {
    for k in 0..<Self.facetCount { facets[k] = Facet(law, dice: &dice) }
  }

  /// A facet.
  subscript(index: Int) -> Facet { facets[index] }

  /// Which of the first `count` facets is nearest in size.
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

  /// Creases a facet anew.
  mutating func crease(_ index: Int, _ law: MaterialModel, dice: inout Dice) {
    facets[index] = Facet(law, dice: &dice)
  }

  /// The facet whose size is nearest; now and then a snap creases it anew.
  mutating func snapped(nearest size: Double, _ law: MaterialModel, dice: inout Dice) -> Facet {
    let index = index(nearest: size)
    if dice.chance(0.08) { crease(index, law, dice: &dice) }
    return facets[index]
  }
}
