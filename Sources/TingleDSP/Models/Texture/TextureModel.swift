/// What was learned from a recording: some 3,000 numbers, 10,000 with events, and no audio.
/// `TextureSynthesis` makes endless noise with the same statistics.
///
/// The statistics are those of J. H. McDermott and E. P. Simoncelli, "Sound texture perception via statistics
/// of the auditory periphery", Neuron 71 (2011) 926: spectrum, distribution and modulation of the level of
/// each band, and the correlation of bands. They are reproduced by octaves of shared Gaussian modulation,
/// instead of by iteration on the sound.
public struct TextureModel: Sendable, Equatable {
  /// A name for lists; can be empty.
  public var title = ""
  /// The recording's author, source and licence; can be empty.
  public var credit = ""
  /// The correction of the loudness in decibels, -12 ... 12: measured minus computed from the numbers below.
  public var levelDB = 0.0
  /// The long-term power spectrum in decibels at `TextureBands.spectrumHz`, -120 ... 0.
  public var spectrumDB = [Double](repeating: -20, count: TextureBands.spectrumPoints)
  /// The distribution of each band's level relative to the long-term spectrum, in decibels, -60 ... 40: for
  /// each band, its values at `normalQuantiles`, ascending.
  public var levelsDB = [Double](repeating: 0, count: TextureBands.count * quantileCount)
  /// The share of each octave of modulation in a band's fluctuation, 0 ... 1: for each band, one amplitude
  /// per octave. The squares of a band's shares add up to 1.
  public var fluctuation = [Double](
    repeating: (1 / Double(octaveCount)).squareRoot(), count: TextureBands.count * octaveCount)
  /// The correlation of bands: for each octave and band, the amplitudes of four noises that all bands share,
  /// -1 ... 1. A noise of the band's own completes them to a power of 1.
  public var shared = [Double](repeating: 0, count: octaveCount * TextureBands.count * sharedCount)
  /// The correlation of the two ears' noise in each band, -1 ... 1.
  public var coherence = [Double](repeating: 0.3, count: TextureBands.count)
  /// The correlation of the two ears' levels in each band, 0 ... 1.
  public var levelCoherence = [Double](repeating: 0.5, count: TextureBands.count)
  /// Short events over the noise, such as drops on a tent; nil if the noise alone has the same statistics.
  public var events: Events?

  /// Events at random times, each like one of a set of cards.
  public struct Events: Sendable, Equatable {
    /// The mean rate per second, 0.01 ... 400.
    public var ratePerSecond: Double
    /// How much each octave of modulation changes the rate: the standard deviation of its natural logarithm,
    /// 0 ... 2.
    public var density: [Double]
    /// The events to choose from, 1 ... 96.
    public var cards: [Card]

    public init(ratePerSecond: Double, density: [Double], cards: [Card]) {
      (self.ratePerSecond, self.density, self.cards) = (ratePerSecond, density, cards)
    }
  }

  /// One event. Energies are in decibels relative to one millisecond of the band's long-term power.
  public struct Card: Sendable, Equatable {
    /// The energy of the click in each band, -60 ... 60; `silentDB` and less is none.
    public var clickDB: [Double]
    /// The energy of the tail in each band, -60 ... 60; `silentDB` and less is none.
    public var tailDB: [Double]
    /// The time constant of the tail's energy in six ranges of bands, in milliseconds, 1 ... 100.
    public var decayMs: [Double]
    /// The level at the right ear relative to the left, in decibels, -30 ... 30.
    public var balanceDB: Double

    public init(clickDB: [Double], tailDB: [Double], decayMs: [Double], balanceDB: Double) {
      (self.clickDB, self.tailDB, self.decayMs, self.balanceDB) = (clickDB, tailDB, decayMs, balanceDB)
    }
  }

  /// Noise with a falling spectrum, at rest.
  public init() {
    for (k, hz) in TextureBands.spectrumHz.enumerated() {
      spectrumDB[k] = max(-120, min(0, -10 * Maths.log2(max(1, hz / 25)) / Self.log2of10 - 20))
    }
  }

  /// The octaves of modulation: octave `j` is centred on 125 Hz / 2^`j`.
  public static let octaveCount = 12
  /// The number of noises that all bands share in one octave.
  public static let sharedCount = 4
  /// The number of values of a level's distribution.
  public static let quantileCount = 12
  /// The probabilities of the values of a level's distribution.
  public static let quantiles = [
    0.002, 0.01, 0.04, 0.12, 0.28, 0.5, 0.72, 0.88, 0.96, 0.985, 0.995, 0.999,
  ]
  /// The standard normal quantiles of `quantiles`.
  public static let normalQuantiles = quantiles.map(Distributions.normalQuantile)
  /// How far the distribution continues beyond its outermost values, in standard deviations.
  public static let overshoot = 1.2
  /// The number of ranges of bands with a decay of their own.
  public static let decayCount = 6
  /// The largest number of cards.
  public static let mostCards = 96
  /// The energy at which a band of an event is silent.
  public static let silentDB = -30.0

  private static let log2of10 = Maths.log2(10)
}

extension TextureModel {
  /// The number of numbers of the model.
  public var numberCount: Int {
    let perCard = 2 * TextureBands.count + Self.decayCount + 1
    let ofEvents = events.map { 1 + Self.octaveCount + $0.cards.count * perCard } ?? 0
    return 1 + spectrumDB.count + levelsDB.count + fluctuation.count + shared.count + 2 * TextureBands.count
      + ofEvents
  }

  /// The level of band `k` relative to its long-term power, in decibels, for a standard normal number:
  /// straight lines through the learned values.
  func levelDB(ofBand k: Int, atNormal z: Double) -> Double {
    let q = Self.normalQuantiles
    let values = levelsDB[k * Self.quantileCount..<(k + 1) * Self.quantileCount]
    let first = values.startIndex
    let bounded = max(q[0] - Self.overshoot, min(q[q.count - 1] + Self.overshoot, z))
    var i = 0
    while i < q.count - 2, bounded > q[i + 1] { i += 1 }
    let slope = (values[first + i + 1] - values[first + i]) / (q[i + 1] - q[i])
    return values[first + i] + slope * (bounded - q[i])
  }

  /// The mean power of band `k` relative to its long-term power, without events.
  func meanPower(ofBand k: Int) -> Double {
    var (sum, weight) = (0.0, 0.0)
    for i in -50...50 {
      let z = Double(i) / 10
      let density = Maths.exp(-0.5 * z * z)
      sum += density * Maths.pow(10, levelDB(ofBand: k, atNormal: z) / 10)
      weight += density
    }
    return sum / weight
  }

  /// The long-term power density at a frequency; 0 beyond 22 kHz.
  public func density(atHz hz: Double) -> Double {
    guard hz >= 20, hz < 22_000 else { return 0 }
    let points = TextureBands.spectrumHz
    let first = TextureBands.erbRate(points[0])
    let step = (TextureBands.erbRate(points[points.count - 1]) - first) / Double(points.count - 1)
    let position = max(0, min(Double(points.count - 1), (TextureBands.erbRate(hz) - first) / step))
    let i = min(points.count - 2, Int(position))
    let dB = spectrumDB[i] + (spectrumDB[i + 1] - spectrumDB[i]) * (position - Double(i))
    return Maths.pow(10, dB / 10)
  }

  /// The mean energy that events add to each band per second, relative to the band's long-term power.
  var eventPower: [Double] {
    guard let events else { return [Double](repeating: 0, count: TextureBands.count) }
    return (0..<TextureBands.count).map { k in
      let energy = events.cards.reduce(0) { sum, card in
        sum
          + [card.clickDB[k], card.tailDB[k]].reduce(0) {
            $0 + ($1 > Self.silentDB ? Maths.pow(10, $1 / 10) : 0)
          }
      }
      return events.ratePerSecond * energy / Double(events.cards.count) / 1000
    }
  }
}
