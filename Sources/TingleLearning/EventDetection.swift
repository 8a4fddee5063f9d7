import TingleDSP

/// Finds short events in a recording, such as drops on a tent, and the bed between them.
///
/// An event is a peak of the loudness in one millisecond that has risen fast. Its click is the energy from 3
/// ms before to 3 ms after the peak, its tail what follows until the loudness has returned to the median.
struct EventDetection {
  /// What was detected.
  struct Result {
    var events: TextureModel.Events
    /// The bed's levels: under events, those of stretches without events.
    var bed: BandLevels
    /// The times of all events in seconds.
    var seconds: [Double]
    /// The share of the time that events fill.
    var share: Double
  }

  private static let bands = TextureBands.count
  // Rumble below the fifth band does not count as loudness.
  private static let firstBand = 4
  /// Samples of a millisecond.
  static let millisecond = 48

  private let fine: BandLevels
  private let medians: [Double]
  private let balances: [Double]?
  private let whitened: [Double]
  private let plain: [Double]

  /// - Parameters:
  ///   - fine: the levels in ticks of a millisecond.
  ///   - other: those of the right ear, if it is not the same.
  init(_ fine: BandLevels, left: BandLevels? = nil, right: BandLevels? = nil) {
    self.fine = fine
    let medians = fine.medians
    self.medians = medians
    var (white, raw) = ([Double](repeating: 0, count: fine.ticks), [Double](repeating: 0, count: fine.ticks))
    for k in Self.firstBand..<Self.bands {
      for (t, value) in fine.row(k).enumerated() {
        white[t] += min(1e5, Double(value) / max(medians[k], 1e-16))
        raw[t] += Double(value)
      }
    }
    whitened = Self.smoothed(white.map { Self.decibels($0 / Double(Self.bands - Self.firstBand)) })
    plain = Self.smoothed(raw.map { Self.decibels($0) })
    if let left, let right {
      balances = (0..<fine.ticks).map { t in
        var (l, r) = (0.0, 0.0)
        for k in Self.firstBand..<Self.bands {
          l += Double(left.values[k * left.ticks + t]) / max(medians[k], 1e-16)
          r += Double(right.values[k * right.ticks + t]) / max(medians[k], 1e-16)
        }
        return Self.decibels(r / l)
      }
    } else {
      balances = nil
    }
  }

  private static func decibels(_ power: Double) -> Double { Maths.decibels(power: max(power, 1e-30)) }

  private static func smoothed(_ values: [Double]) -> [Double] {
    values.indices.map { i in
      0.25 * values[max(0, i - 1)] + 0.5 * values[i] + 0.25 * values[min(values.count - 1, i + 1)]
    }
  }

  /// How far the loudest 0.07 % of milliseconds stand over the median, in decibels, with all bands at the
  /// same mean. From 19.5 dB a sound has events; below, levels alone describe it better.
  static func peakDB(_ fine: BandLevels) -> Double {
    let means = fine.means
    var loudness = [Double](repeating: 0, count: fine.ticks)
    for k in firstBand..<bands {
      for (t, value) in fine.row(k).enumerated() { loudness[t] += Double(value) / max(means[k], 1e-16) }
    }
    let sorted = smoothed(loudness.map { decibels($0) }).sorted()
    return sorted[Int(0.9993 * Double(sorted.count - 1))] - sorted[sorted.count / 2]
  }

  /// Detects events at the lowest threshold that leaves 30 % of the time free.
  /// - Parameter levels: the levels in ticks of the texture.
  func detect(_ levels: BandLevels, carrierPower: [Double]) -> Result? {
    for over in [5.0, 6.5, 8, 10, 12, 15] {
      switch detect(levels, carrierPower: carrierPower, overDB: over) {
      case .found(let result): return result
      case .none: return nil
      case .tooMany: continue
      }
    }
    return nil
  }

  private enum Outcome {
    case found(Result)
    case tooMany
    case none
  }

  /// One detected event.
  private struct Event {
    var click: [Double]
    var tail: [Double]?
    var decayMs: [Double] = []
    var balanceDB = 0.0
  }

  private func detect(_ levels: BandLevels, carrierPower: [Double], overDB: Double) -> Outcome {
    let ticks = fine.ticks
    let peaks = peaks(overDB: overDB)
    guard peaks.count >= max(8, Int(0.3 * Double(ticks) / 1000)) else { return .none }
    let middle = whitened.sorted()[ticks / 2]
    var events: [Event] = []
    var isTaken = [Bool](repeating: false, count: levels.ticks)
    for (i, peak) in peaks.enumerated() {
      let next = i + 1 < peaks.count ? peaks[i + 1] : ticks
      events.append(event(at: peak, end: min(next - 3, peak + 120, ticks)))
      let last = min(next, peak + 90, ticks)
      let quiet = (min(peak + 2, last)..<last).first { whitened[$0] < middle + 1.5 }
      let width = quiet.map { $0 - peak } ?? 2 + min(next - peak, 90)
      let ratio = Double(Self.millisecond) / 128
      let from = max(0, Int((Double(peak) - 2.5) * ratio))
      let to = min(levels.ticks - 1, Int((Double(peak + width) + 0.5) * ratio))
      if from <= to { for t in from...to { isTaken[t] = true } }
    }
    let withTails = events.indices.filter { events[$0].tail != nil }
    guard withTails.count >= 6 else { return .none }
    for i in events.indices where events[i].tail == nil { borrowTail(&events, i, from: withTails) }
    let free = isTaken.count { !$0 }
    guard Double(free) >= 0.3 * Double(levels.ticks) else { return .tooMany }
    let rate = Double(events.count) / (Double(ticks) / 1000)
    let corrected = rate / max(1 - rate * 0.006, 0.4)
    return .found(
      Result(
        events: TextureModel.Events(
          ratePerSecond: max(0.01, min(400, corrected)), density: density(peaks),
          cards: cards(events, carrierPower)),
        bed: bed(levels, isTaken: isTaken), seconds: peaks.map { Double($0) / 1000 },
        share: 1 - Double(free) / Double(levels.ticks)))
  }

  /// The milliseconds at which events peak, at least 7 ms apart.
  private func peaks(overDB: Double) -> [Int] {
    let ticks = fine.ticks
    var isPeak = [Bool](repeating: false, count: ticks)
    for (loudness, riseDB) in [(whitened, 7.0), (plain, 6.0)] {
      let median = loudness.sorted()[ticks / 2]
      for t in 0..<ticks where loudness[t] > median + overDB {
        var highest = loudness[t]
        for d in max(0, t - 5)...min(ticks - 1, t + 5) { highest = max(highest, loudness[d]) }
        guard loudness[t] >= highest - 1e-9 else { continue }
        var lowest = loudness[t]
        for d in max(0, t - 15)...t { lowest = min(lowest, loudness[d]) }
        if loudness[t] - lowest > riseDB { isPeak[t] = true }
      }
    }
    var result: [Int] = []
    var last = -100
    for t in 0..<ticks where isPeak[t] {
      if t - last > 6, t > 24, t < ticks - 8 { result.append(t) }
      last = t
    }
    return result
  }

  private func event(at peak: Int, end: Int) -> Event {
    let ticks = fine.ticks
    var event = Event(click: [Double](repeating: 0, count: Self.bands))
    let from = max(0, peak - 3)
    let to = min(ticks, max(end, peak + 4))
    let hasTail = to - from - 7 >= 10
    var tail = [Double](repeating: 0, count: Self.bands)
    var moments = [Double](repeating: 0, count: TextureModel.decayCount)
    var masses = [Double](repeating: 1e-12, count: TextureModel.decayCount)
    for k in 0..<Self.bands {
      let row = k * ticks
      var before = 0.0
      for t in max(0, peak - 16)..<max(1, peak - 4) { before += Double(fine.values[row + t]) }
      before = min(before / Double(max(1, peak - 4) - max(0, peak - 16)), 4 * medians[k])
      var click = 0.0
      for t in from..<min(to, from + 7) { click += max(0, Double(fine.values[row + t]) - before) }
      event.click[k] = click < 1.5 * before ? 0 : click
      guard hasTail else { continue }
      let region = min(
        TextureModel.decayCount - 1, k * TextureModel.decayCount / Self.bands)
      for t in from + 7..<to {
        let excess = Double(fine.values[row + t]) - before
        guard excess >= 0.6 * before else { continue }
        tail[k] += excess
        let relative = excess / max(medians[k], 1e-16)
        moments[region] += relative * (Double(t - from - 7) + 0.5)
        masses[region] += relative
      }
    }
    if hasTail {
      event.tail = tail
      event.decayMs = zip(moments, masses).map { max(1.5, min(60, $0 / $1)) }
    }
    if let balances {
      var sum = 0.0
      for t in max(0, peak - 1)...min(ticks - 1, peak + 2) { sum += balances[t] / 4 }
      event.balanceDB = max(-20, min(20, sum))
    }
    return event
  }

  /// Gives an event that the next one cuts short the tail of the event most like it.
  private func borrowTail(_ events: inout [Event], _ i: Int, from others: [Int]) {
    func distance(_ j: Int) -> Double {
      (0..<Self.bands).reduce(0) { sum, k in
        let ratio = (events[j].click[k] + medians[k]) / (events[i].click[k] + medians[k])
        let log = Maths.log(max(ratio, 1e-12))
        return sum + log * log
      }
    }
    var (best, least) = (others[0], Double.infinity)
    for j in others {
      let d = distance(j)
      if d < least { (best, least) = (j, d) }
    }
    let scale =
      (events[i].click.reduce(0, +) + 1e-12) / (events[best].click.reduce(0, +) + 1e-12)
    events[i].tail = events[best].tail?.map { $0 * scale }
    events[i].decayMs = events[best].decayMs
  }

  /// Cards of at most 96 events, evenly over loudness.
  private func cards(_ events: [Event], _ carrierPower: [Double]) -> [TextureModel.Card] {
    var order = Array(events.indices)
    if order.count > TextureModel.mostCards {
      let loudness = events.map { event in
        (0..<Self.bands).reduce(0) { $0 + Maths.log(max(event.click[$1] / medians[$1], 0) + 1e-3) }
      }
      let sorted = order.sorted { (loudness[$0], $0) < (loudness[$1], $1) }
      order = (0..<TextureModel.mostCards).map {
        sorted[$0 * (sorted.count - 1) / (TextureModel.mostCards - 1)]
      }
    }
    return order.map { i in
      func decibels(_ energies: [Double]) -> [Double] {
        energies.enumerated().map { k, energy in
          // Below this, the energy is not an event's.
          energy / medians[k] < 0.0173
            ? -60 : max(-29.5, min(60, Self.decibels(energy / max(carrierPower[k], 1e-16))))
        }
      }
      return TextureModel.Card(
        clickDB: decibels(events[i].click), tailDB: decibels(events[i].tail ?? []),
        decayMs: events[i].decayMs, balanceDB: events[i].balanceDB)
    }
  }

  /// How much more the number of events varies in each octave of modulation than chance explains.
  private func density(_ peaks: [Int]) -> [Double] {
    var result = [Double](repeating: 0, count: TextureModel.octaveCount)
    var known = 0.0
    for j in stride(from: TextureModel.octaveCount - 1, through: 3, by: -1) {
      // Half a period of the octave.
      let milliseconds = 4 << j
      let windows = fine.ticks / max(1, milliseconds)
      guard windows >= 8 else { continue }
      var counts = [Double](repeating: 0, count: windows)
      for peak in peaks where peak / milliseconds < windows { counts[peak / milliseconds] += 1 }
      let mean = counts.reduce(0, +) / Double(windows)
      let variance = counts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(windows)
      let excess = Maths.log(1 + max(0, (variance - mean) / max(mean * mean, 1e-12)))
      result[j] = min(2, max(0, excess - known).squareRoot())
      known = max(known, excess)
    }
    return result
  }

  /// The levels without events: under an event, what other stretches do around their own slow level, on the
  /// slow level of the surroundings.
  private func bed(_ levels: BandLevels, isTaken: [Bool]) -> BandLevels {
    let ticks = levels.ticks
    let reach = 75
    let kernel = (-reach...reach).map {
      0.5 + 0.5 * Maths.sinCos(turns: Double($0) / Double(2 * reach + 2)).cos
    }
    let free = (0..<ticks).filter { !isTaken[$0] }
    var weight = [Double](repeating: 0, count: ticks)
    for t in free {
      for d in max(-reach, -t)...min(reach, ticks - 1 - t) { weight[t + d] += kernel[d + reach] }
    }
    // One plan for all bands: which free tick stands for each taken one.
    var source = Array(0..<ticks)
    var dice = Dice(Draws(seed: 4))
    var t = 0
    while t < ticks {
      guard isTaken[t] else {
        t += 1
        continue
      }
      var from = free[dice.choose(free.count)]
      while t < ticks, isTaken[t] {
        if from >= ticks || isTaken[from] { from = free[dice.choose(free.count)] }
        source[t] = from
        from += 1
        t += 1
      }
    }
    var result = levels
    for k in 0..<Self.bands {
      let logs = levels.row(k).map { Maths.log(Double($0)) }
      var slow = [Double](repeating: 0, count: ticks)
      for t in free {
        for d in max(-reach, -t)...min(reach, ticks - 1 - t) { slow[t + d] += kernel[d + reach] * logs[t] }
      }
      let median = free.map { logs[$0] }.sorted()[free.count / 2]
      for t in 0..<ticks { slow[t] = weight[t] < 1 ? median : slow[t] / weight[t] }
      for t in 0..<ticks where isTaken[t] {
        let value = slow[t] + logs[source[t]] - slow[source[t]]
        result.values[k * ticks + t] = Float(
          min(Maths.exp(value), max(Double(levels.values[k * ticks + t]), Maths.exp(slow[t]))))
      }
    }
    return result
  }
}
