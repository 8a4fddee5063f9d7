import TingleDSP

/// The power of each of `TextureBands` over time: one row of ticks for each band.
struct BandLevels: Sendable {
  /// The number of ticks.
  let ticks: Int
  /// The powers of all bands, row after row.
  var values: [Float]

  init(ticks: Int, value: Float = 0) {
    self.ticks = ticks
    values = [Float](repeating: value, count: TextureBands.count * ticks)
  }

  /// The powers of a band.
  func row(_ band: Int) -> ArraySlice<Float> { values[band * ticks..<(band + 1) * ticks] }

  /// The mean power of each band.
  var means: [Double] {
    (0..<TextureBands.count).map { row($0).reduce(0) { $0 + Double($1) } / Double(max(1, ticks)) }
  }

  /// The median power of each band.
  var medians: [Double] {
    (0..<TextureBands.count).map { Double(row($0).sorted()[ticks / 2]) }
  }

  /// The ticks in a range.
  func cut(_ range: Range<Int>) -> BandLevels {
    var result = BandLevels(ticks: range.count)
    for k in 0..<TextureBands.count {
      for (i, t) in range.enumerated() { result.values[k * range.count + i] = values[k * ticks + t] }
    }
    return result
  }
}
