/// The events of a texture: a Poisson process whose rate changes slowly. Each event is a click, added to the
/// sound, and a tail, added to the power of the bands.
///
/// Time is divided into cells. The events of a cell depend on its number only.
struct TextureEvents: ~Copyable {
  /// The length of a cell in ticks.
  private static let cellTicks = 8
  /// The distance in ticks at which the rate is computed, with straight lines between.
  private static let rateTicks = 32
  private static let mostPerCell = 12
  /// The longest tail in ticks.
  private static let tailTicks = 110
  private static let mostTails = 512
  private static let bands = TextureBands.count
  private static let vectors = 5
  private static let stride = 8 * vectors
  /// Frames of clicks that are kept: a cell and the longest click at 96 kHz.
  private static let ring = 4096
  private static let nearest = 4

  private struct Tail: BitwiseCopyable {
    /// The first tick that it is part of, and the one after the last.
    var start: Int
    var end: Int
  }

  private struct Octave: BitwiseCopyable {
    let number: Int
    let deviation: Double
    let key: UInt64
  }

  private let draws: Draws
  private let ratePerCell: Double
  private let octaves: Buffer<Octave>
  private let framesPerTick: Double
  private let cardCount: Int
  // For each card: click, tail and decay of each band, in natural logarithms of energy, ticks.
  private let cards: Buffer<Float>
  private let balances: Buffer<Float>
  private let neighbours: Buffer<Int32>
  private let spread: Double
  private let clickGain: Float

  private let clicks: ClickSpectrum
  private let output: Buffer<SIMD2<Float>>
  private let tails: Buffer<Tail>
  private let tailPowers: Buffer<SIMD8<Float>>
  private let tailDecays: Buffer<SIMD8<Float>>
  private let tailGains: Buffer<SIMD2<Float>>
  private let card: Buffer<Float>
  private var tailCount = 0
  private var nextCell = 0
  private var rates = (point: Int.min, from: 0.0, to: 0.0)
  private var position = 0

  /// - Parameters:
  ///   - pace: a factor on the rate; `pace` of `seek` is another.
  ///   - levelDB: added to the level of all events.
  ///   - bandPower: the long-term power of each band at the output.
  init(
    _ events: TextureModel.Events, pace: Double, levelDB: Double, bandPower: [Double],
    tiltDB: (Double) -> Double, draws: Draws, sampleRate: Double
  ) {
    self.draws = draws
    framesPerTick = TextureModulators.tickSeconds * sampleRate
    ratePerCell = events.ratePerSecond * pace * Double(Self.cellTicks) * TextureModulators.tickSeconds
    octaves = Buffer(
      events.density.indices.filter { events.density[$0] > 0.05 }.map {
        Octave(number: $0, deviation: events.density[$0], key: draws.branch("density").branch($0).key)
      })
    cardCount = events.cards.count
    let level = levelDB * Self.nepersPerDB
    let silent = -30.0
    var numbers: [Float] = []
    for card in events.cards {
      for values in [card.clickDB, card.tailDB] {
        numbers += values.map {
          Float($0 > TextureModel.silentDB ? $0 * Self.nepersPerDB + level : silent)
        }
      }
      numbers += (0..<Self.bands).map { k in
        let at = Double(k) / Double(Self.bands - 1) * Double(card.decayMs.count - 1)
        let i = min(card.decayMs.count - 2, Int(at))
        let ms = card.decayMs[i] + (card.decayMs[i + 1] - card.decayMs[i]) * (at - Double(i))
        return Float(Maths.log(ms / 1000 / TextureModulators.tickSeconds))
      }
    }
    cards = Buffer(numbers)
    balances = Buffer(events.cards.map { Float($0.balanceDB) })
    neighbours = Buffer(Self.nearestCards(events.cards))
    spread = 0.2
    clickGain = 1
    clicks = ClickSpectrum(bandPower: bandPower, tiltDB: tiltDB, sampleRate: sampleRate)
    output = Buffer(repeating: .zero, count: Self.ring * max(1, Int((sampleRate / 50_000).rounded(.up))))
    tails = Buffer(repeating: Tail(start: 0, end: 0), count: Self.mostTails)
    tailPowers = Buffer(repeating: .zero, count: Self.mostTails * Self.vectors)
    tailDecays = Buffer(repeating: .zero, count: Self.mostTails * Self.vectors)
    tailGains = Buffer(repeating: .zero, count: Self.mostTails)
    card = Buffer(repeating: 0, count: 3 * Self.stride)
  }

  private static let nepersPerDB = 0.230_258_509_3

  /// The four cards most like each card.
  private static func nearestCards(_ cards: [TextureModel.Card]) -> [Int32] {
    cards.flatMap { card in
      let distances = cards.map { other in
        zip(card.clickDB, other.clickDB).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
          + 0.25 * zip(card.tailDB, other.tailDB).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      }
      let order = cards.indices.sorted { (distances[$0], $0) < (distances[$1], $1) }
      return (1...nearest).map { Int32(order[min($0, order.count - 1)]) }
    }
  }

  /// Prepares `advance` for a tick and `addClicks` for a frame.
  mutating func seek(toTick tick: Int, frame: Int, pace: Double) {
    output.fill(.zero)
    tailCount = 0
    position = frame
    rates.point = .min
    nextCell = Self.floorDivide(tick - Self.tailTicks, Self.cellTicks) - 1
    while nextCell * Self.cellTicks < tick {
      generate(pace: pace)
      let reached = min(tick, nextCell * Self.cellTicks)
      dropTails(endingBy: reached)
    }
    // Tails decay tick by tick, as they do when rendered from the start.
    for k in 0..<tailCount {
      var at = tails[k].start
      while at < tick {
        decay(k)
        at += 1
      }
    }
  }

  /// Adds the power of all tails at a tick, the one after the last, to the power of the bands of each ear,
  /// relative to their long-term power.
  mutating func advance(
    to tick: Int, _ left: UnsafeMutablePointer<SIMD8<Float>>, _ right: UnsafeMutablePointer<SIMD8<Float>>,
    pace: Double
  ) {
    while nextCell * Self.cellTicks <= tick + 4 { generate(pace: pace) }
    dropTails(endingBy: tick)
    for k in 0..<tailCount where tails[k].start <= tick {
      let (power, gains) = (tailPowers.baseAddress + k * Self.vectors, tailGains[k])
      for v in 0..<Self.vectors {
        left[v] += gains.x * power[v]
        right[v] += gains.y * power[v]
      }
      decay(k)
    }
  }

  /// Adds the clicks of the next `count` frames.
  mutating func addClicks(_ frames: UnsafeMutablePointer<SIMD2<Float>>, count: Int) {
    let mask = output.count - 1
    for i in 0..<count {
      let at = (position + i) & mask
      frames[i] += output[at]
      output[at] = .zero
    }
    position += count
  }

  private func decay(_ k: Int) {
    let (power, decay) = (
      tailPowers.baseAddress + k * Self.vectors, tailDecays.baseAddress + k * Self.vectors
    )
    for v in 0..<Self.vectors { power[v] *= decay[v] }
  }

  private mutating func dropTails(endingBy tick: Int) {
    var kept = 0
    for k in 0..<tailCount where tails[k].end > tick {
      if kept != k {
        tails[kept] = tails[k]
        tailGains[kept] = tailGains[k]
        for v in 0..<Self.vectors {
          tailPowers[kept * Self.vectors + v] = tailPowers[k * Self.vectors + v]
          tailDecays[kept * Self.vectors + v] = tailDecays[k * Self.vectors + v]
        }
      }
      kept += 1
    }
    tailCount = kept
  }

  /// Creates the events of the next cell.
  private mutating func generate(pace: Double) {
    let cell = nextCell
    nextCell += 1
    let index = UInt64(bitPattern: Int64(cell))
    let mean = min(11, ratePerCell * pace * Maths.exp(logDensity(atTick: cell * Self.cellTicks)))
    let u = draws.uniform(index &* 2 &+ 1)
    var probability = Maths.exp(-mean)
    var cumulative = probability
    var count = 0
    while u > cumulative, count < Self.mostPerCell {
      count += 1
      probability *= mean / Double(count)
      cumulative += probability
    }
    for number in 0..<count {
      var dice = Dice(draws.branch(index &* UInt64(Self.mostPerCell) &+ UInt64(number)))
      add(cell: cell, &dice)
    }
  }

  private mutating func add(cell: Int, _ dice: inout Dice) {
    let ticks = (Double(cell) + dice.uniform()) * Double(Self.cellTicks)
    let first = dice.choose(cardCount)
    let second = Int(neighbours[first * Self.nearest + dice.choose(Self.nearest)])
    let share = Float(0.5 * dice.uniform())
    // Each event's own loudness and a smooth tilt over the bands.
    let loudness = spread * dice.clippedGaussian()
    let tilt = InlineArray<10, Double> { _ in spread * dice.clippedGaussian() }
    let longer = 0.1 * dice.clippedGaussian()
    let (a, b) = (
      cards.baseAddress + first * 3 * Self.bands, cards.baseAddress + second * 3 * Self.bands
    )
    for k in 0..<Self.bands {
      let at = Double(k) / Double(Self.bands - 1) * 9
      let i = min(8, Int(at))
      let own = Float(loudness + tilt[i] + (tilt[i + 1] - tilt[i]) * (at - Double(i)))
      func mixed(_ part: Int) -> Float {
        let (x, y) = (a[part * Self.bands + k], b[part * Self.bands + k])
        return x + share * (y - x)
      }
      card[k] = mixed(0) + own
      card[Self.stride + k] = mixed(1) + own
      card[2 * Self.stride + k] = mixed(2) + Float(longer)
    }
    let balance = Double(balances[first] + share * (balances[second] - balances[first]))
    let ratio = Maths.pow(10, balance / 10)
    let gains = SIMD2(Float(2 / (1 + ratio)), Float(2 * ratio / (1 + ratio)))
    addTail(ticks + 1.2, gains)
    clicks.add(
      UnsafePointer(card.baseAddress), at: ticks * framesPerTick, gains: gains.squareRoot(), &dice,
      to: output, from: position)
  }

  private mutating func addTail(_ ticks: Double, _ gains: SIMD2<Float>) {
    guard tailCount < Self.mostTails else { return }
    let start = Int(ticks.rounded(.up))
    let (power, decay) = (
      UnsafeMutableRawPointer(tailPowers.baseAddress + tailCount * Self.vectors).assumingMemoryBound(
        to: Float.self),
      UnsafeMutableRawPointer(tailDecays.baseAddress + tailCount * Self.vectors).assumingMemoryBound(
        to: Float.self)
    )
    var longest = 0.0
    for k in 0..<Self.stride { (power[k], decay[k]) = (0, 0) }
    for k in 0..<Self.bands {
      let energy = Double(card[Self.stride + k])
      guard energy > -6.9 else { continue }
      let decayTicks = Maths.exp(Double(card[2 * Self.stride + k]))
      // Energy per millisecond to power: the integral of the decay is the energy.
      let msPerTick = TextureModulators.tickSeconds * 1000
      let peak = Maths.exp(energy) / (decayTicks * msPerTick)
      power[k] = Float(min(1e6, peak * Maths.exp(-(Double(start) - ticks) / decayTicks)))
      decay[k] = Float(Maths.exp(-1 / decayTicks))
      longest = max(longest, 12 * decayTicks)
    }
    guard longest > 0 else { return }
    tails[tailCount] = Tail(start: start, end: start + min(Self.tailTicks, Int(longest) + 1))
    tailGains[tailCount] = gains
    tailCount += 1
  }

  /// The natural logarithm of the rate at a tick, relative to the mean rate.
  private mutating func logDensity(atTick tick: Int) -> Double {
    guard octaves.count > 0 else { return 0 }
    let point = Self.floorDivide(tick, Self.rateTicks)
    if point != rates.point {
      rates.from = point == rates.point &+ 1 ? rates.to : logDensity(atPoint: point)
      rates.to = logDensity(atPoint: point + 1)
      rates.point = point
    }
    let share = Double(tick - point * Self.rateTicks) / Double(Self.rateTicks)
    return rates.from + (rates.to - rates.from) * share
  }

  private func logDensity(atPoint point: Int) -> Double {
    var sum = 0.0
    for k in octaves.indices {
      let octave = octaves[k]
      let position = Double(point * Self.rateTicks) / Double(1 << octave.number)
      let base = Int(position.rounded(.down))
      var value = 0.0
      for tap in 1 - TextureModulators.reach...TextureModulators.reach {
        let counter = UInt64(bitPattern: Int64(base + tap))
        value +=
          TextureModulators.kernel(position - Double(base + tap))
          * Double(TextureModulators.gaussian(octave.key, counter))
      }
      sum += octave.deviation * value - 0.5 * octave.deviation * octave.deviation
    }
    return sum
  }

  private static func floorDivide(_ a: Int, _ b: Int) -> Int { a >= 0 ? a / b : -((b - 1 - a) / b) }
}

extension SIMD2<Float> {
  fileprivate func squareRoot() -> Self { SIMD2(x.squareRoot(), y.squareRoot()) }
}
