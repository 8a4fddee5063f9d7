/// Makes endless noise from a texture: carrier noise -> short-time Fourier gains that follow the modulators
/// and the tails of events -> clicks of events.
///
/// Every frame is a function of its number: `seek` computes what a frame depends on, at most a few
/// milliseconds of frames and 44 s of slow modulation, from counter-based random numbers. Both ears share
/// each transform.
///
/// `@unchecked Sendable`: one thread at a time renders a layer.
public final class TextureSynthesis: @unchecked Sendable {
  /// What a listener can change about a texture.
  public struct Controls: Sendable {
    /// A factor on the rate of events.
    public var pace = 1.0
    /// A slope of the spectrum in decibels per octave, 0 at 1 kHz.
    public var tiltDBPerOctave = 0.0
    /// How much softer peaks and events are, 0 ... 1.
    public var softness = 0.0
    /// Whether levels fluctuate and events happen; the stationary carrier alone otherwise.
    public var isAlive = true

    public init() {}

    /// The level of events in decibels.
    var eventDB: Double { -12 * softness }
    /// The tilt at a frequency in decibels.
    func tiltDB(atHz hz: Double) -> Double {
      tiltDBPerOctave * max(-3, min(4, Maths.log2(max(hz, 20) / 1000)))
    }
  }

  // The frame of the gains and the distance of two frames, in samples at any rate.
  private static let frame = 256
  private static let hop = 128
  private static let bands = TextureBands.count
  // Bands of one ear as vectors, padded.
  private static let vectors = 5
  private static let tableSize = 256

  private let carrier: TextureCarrier
  private let modulators: TextureModulators
  private var events: TextureEvents?
  private let transform: ComplexTransform
  private let ticksPerHop: Double

  // The last two hops of the carrier, by position modulo their length.
  private let carrierLeft: Buffer<Float>
  private let carrierRight: Buffer<Float>
  // For each band: the power for 256 values of its process; the process's range.
  private let powers: Buffer<Float>
  private static let lowestNormal = TextureModel.normalQuantiles[0] - TextureModel.overshoot
  private static let highestNormal = TextureModel.normalQuantiles[11] + TextureModel.overshoot
  // The parts of the right ear's processes that are the left's and its own.
  private let commonLevel: Buffer<Float>
  private let ownLevel: Buffer<Float>
  // The powers of the bands of both ears at the last two ticks, and their amplitudes for the current frame.
  private let tickPowers: Buffer<SIMD8<Float>>
  private let amplitudes: Buffer<SIMD2<Float>>
  private let binBands: Buffer<Int32>
  private let binShares: Buffer<Float>
  // Bins that are wider than bands: the weights of the lowest bands in each.
  private let lowBins: Int
  private let lowWeights: Buffer<Float>
  private static let lowBands = 20
  private let binSums: Buffer<Float>
  private let binDifferences: Buffer<Float>
  private let window: Buffer<Float>
  private let re: Buffer<Float>
  private let im: Buffer<Float>
  private let tail: Buffer<SIMD2<Float>>
  private let output: Buffer<SIMD2<Float>>

  private var pace = 1.0
  private var tick = 0
  private var hop = 0
  private var carrierHop = 0
  private var frameNumber = Int.min

  /// - Parameters:
  ///   - model: what was learned.
  ///   - controls: changes to it.
  ///   - draws: the random stream of all times.
  ///   - sampleRate: in hertz, 44,100 ... 96,000.
  public init(_ model: TextureModel, _ controls: Controls, draws: Draws, sampleRate: Double) {
    ticksPerHop = Double(Self.hop) / sampleRate / TextureModulators.tickSeconds
    carrier = TextureCarrier(
      density: { model.density(atHz: $0) * Maths.pow(10, controls.tiltDB(atHz: $0) / 10) },
      coherence: model.coherence, draws: draws.branch("carrier"), sampleRate: sampleRate)
    modulators = TextureModulators(model, draws: draws.branch("modulators"))
    if let learned = model.events, controls.isAlive {
      events = TextureEvents(
        learned, pace: controls.pace, levelDB: controls.eventDB, bandPower: model.bandPower,
        tiltDB: controls.tiltDB, draws: draws.branch("events"), sampleRate: sampleRate)
    } else {
      events = nil
    }
    transform = ComplexTransform(count: Self.frame)
    carrierLeft = Buffer(repeating: 0, count: TextureCarrier.frame)
    carrierRight = Buffer(repeating: 0, count: TextureCarrier.frame)
    var table: [Float] = []
    for k in 0..<Self.bands {
      let median = model.levelDB(ofBand: k, atNormal: 0)
      for i in 0..<Self.tableSize {
        let share = Double(i) / Double(Self.tableSize - 1)
        let normal = Self.lowestNormal + (Self.highestNormal - Self.lowestNormal) * share
        let level = model.levelDB(ofBand: k, atNormal: normal)
        let softened = level > median ? median + (level - median) * (1 - 0.6 * controls.softness) : level
        table.append(controls.isAlive ? Float(Maths.pow(10, softened / 10)) : 1)
      }
    }
    powers = Buffer(table)
    commonLevel = Buffer(model.levelCoherence.map { Float($0) })
    ownLevel = Buffer(model.levelCoherence.map { Float(max(0, 1 - $0 * $0).squareRoot()) })
    tickPowers = Buffer(repeating: .zero, count: 4 * Self.vectors)
    amplitudes = Buffer(repeating: .zero, count: Self.bands)
    let places = (0...Self.hop).map { TextureBands.place(ofHz: Double($0) * sampleRate / Double(Self.frame)) }
    let spacing = sampleRate / Double(Self.frame)
    lowBins = Int(1500 / spacing)
    lowWeights = Buffer(
      (0..<lowBins).flatMap { Self.weights(around: Double($0) * spacing, width: spacing).map { Float($0) } })
    binSums = Buffer(repeating: 0, count: Self.hop + 4)
    binDifferences = Buffer(repeating: 0, count: Self.hop + 4)
    binBands = Buffer(places.map { Int32($0.band) })
    binShares = Buffer(places.map { Float($0.share) })
    window = Buffer(
      (0..<Self.frame).map { Float(Maths.sinCos(turns: (Double($0) + 0.5) / Double(2 * Self.frame)).sin) })
    re = Buffer(repeating: 0, count: Self.frame)
    im = Buffer(repeating: 0, count: Self.frame)
    tail = Buffer(repeating: .zero, count: Self.hop)
    output = Buffer(repeating: .zero, count: Self.hop)
  }

  /// Prepares `render` for a frame.
  /// - Parameter pace: a factor on the rate of events from here on.
  public func seek(toFrame frame: Int, pace: Double = 1) {
    self.pace = pace
    frameNumber = frame
    hop = Self.hopNumber(frame)
    // The frame of gains that ends in the first hop starts a hop earlier.
    let first = (hop - 1) * Self.hop
    carrierHop = first >> TextureCarrier.hop.trailingZeroBitCount
    carrier.seek(toHop: carrierHop)
    let gainTick = lowerTick(hop - 1)
    tick = gainTick
    modulators.seek(toTick: tick)
    events?.seek(toTick: tick, frame: hop * Self.hop, pace: pace)
    advanceTick()
    advanceTick()
    processFrame(hop - 1)
    renderHop()
  }

  /// Adds the next `count` frames, with a gain that changes by `step` from one frame to the next.
  public func render(
    into frames: UnsafeMutablePointer<SIMD2<Float>>, count: Int, level: Float = 1, step: Float = 0
  ) {
    var done = 0
    while done < count {
      let offset = frameNumber & (Self.hop - 1)
      let portion = min(count - done, Self.hop - offset)
      var number = Float(done)
      for i in 0..<portion {
        frames[done + i] += (level + step * number) * output[offset + i]
        number += 1
      }
      done += portion
      frameNumber += portion
      if offset + portion == Self.hop { renderHop() }
    }
  }

  private static func hopNumber(_ frame: Int) -> Int { frame >> 7 }

  /// The tick before the centre of frame `number` of the gains; ticks are centred on their own duration.
  private func lowerTick(_ number: Int) -> Int { Int(position(number).rounded(.down)) }

  private func position(_ number: Int) -> Double { Double(number + 1) * ticksPerHop - 0.5 }

  /// Computes the next hop into `output`.
  private func renderHop() {
    let output = output.baseAddress
    for i in 0..<Self.hop { output[i] = tail[i] }
    processFrame(hop)
    for i in 0..<Self.hop { output[i] += window[i] * SIMD2(re[i], im[i]) }
    events?.addClicks(output, count: Self.hop)
    hop += 1
  }

  /// Computes frame `number` of the gains: its first half stays in `re` and `im`, its second one in `tail`.
  private func processFrame(_ number: Int) {
    while carrierHop * TextureCarrier.hop < (number + 2) * Self.hop {
      let at = (carrierHop & 1) * TextureCarrier.hop
      carrier.render(hop: carrierHop, carrierLeft.baseAddress + at, carrierRight.baseAddress + at)
      carrierHop += 1
    }
    let place = position(number)
    let lower = Int(place.rounded(.down))
    while tick < lower + 2 { advanceTick() }
    setAmplitudes(Float(place - Double(lower)))
    let mask = TextureCarrier.frame - 1
    let (re, im, window) = (re.baseAddress, im.baseAddress, window.baseAddress)
    for half in 0..<2 {
      let from = (number + half) * Self.hop & mask
      for i in stride(from: 0, to: Self.hop, by: 8) {
        let gain = Vectors.eight(window + half * Self.hop + i)
        Vectors.store(gain * Vectors.eight(carrierLeft.baseAddress + from + i), re + half * Self.hop + i)
        Vectors.store(gain * Vectors.eight(carrierRight.baseAddress + from + i), im + half * Self.hop + i)
      }
    }
    transform.transform(re, im)
    applyGains()
    transform.transform(im, re)
    for i in 0..<Self.hop { tail[i] = window[Self.hop + i] * SIMD2(re[Self.hop + i], im[Self.hop + i]) }
  }

  /// Multiplies the spectra of both ears by their gains.
  private func applyGains() {
    let (re, im) = (re.baseAddress, im.baseAddress)
    let (bands, shares, amplitudes) = (binBands.baseAddress, binShares.baseAddress, amplitudes.baseAddress)
    // Half the sum of the ears' gains, and half their difference.
    let (sums, differences) = (binSums.baseAddress, binDifferences.baseAddress)
    for k in 0..<lowBins {
      var gain = SIMD2<Float>.zero
      let weights = lowWeights.baseAddress + k &* Self.lowBands
      for band in 0..<Self.lowBands { gain += weights[band] * amplitudes[band] }
      sums[k] = gain.x
      differences[k] = gain.y
    }
    for k in lowBins...Self.hop {
      let pair = amplitudes + Int(bands[k])
      let gain = pair[1] + shares[k] * (pair[0] - pair[1])
      sums[k] = gain.x
      differences[k] = gain.y
    }
    let (first, middle) = (SIMD2(re[0], im[0]), SIMD2(re[Self.hop], im[Self.hop]))
    for k in stride(from: 1, to: Self.hop, by: 4) {
      let (sum, difference) = (Vectors.four(sums + k), Vectors.four(differences + k))
      let mirror = Self.frame - 3 - k
      let (zr, zi) = (Vectors.four(re + k), Vectors.four(im + k))
      let (cr, ci) = (
        Vectors.reversed(Vectors.four(re + mirror)), Vectors.reversed(Vectors.four(im + mirror))
      )
      Vectors.store(sum * zr + difference * cr, re + k)
      Vectors.store(sum * zi - difference * ci, im + k)
      Vectors.store(Vectors.reversed(sum * cr + difference * zr), re + mirror)
      Vectors.store(Vectors.reversed(sum * ci - difference * zi), im + mirror)
    }
    // The last group reaches past the middle.
    apply(first, sums[0], differences[0], re, im)
    apply(middle, sums[Self.hop], differences[Self.hop], re + Self.hop, im + Self.hop)
  }

  /// The weights of the lowest bands around a frequency, under a triangle of 1.5 times a width; their sum is
  /// 1.
  private static func weights(around hz: Double, width: Double) -> [Double] {
    var weights = [Double](repeating: 0, count: lowBands)
    for step in -37...37 {
      let at = hz + width * 0.02 * Double(step)
      guard at >= 0 else { continue }
      let share = 1 - abs(Double(step)) / 37.5
      let place = TextureBands.place(ofHz: at)
      weights[min(lowBands - 1, place.band)] += share * place.share
      weights[min(lowBands - 1, place.band + 1)] += share * (1 - place.share)
    }
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
  }

  /// A bin that is its own mirror image: the left ear is in the real part, the right one in the imaginary.
  private func apply(
    _ bin: SIMD2<Float>, _ sum: Float, _ difference: Float, _ re: UnsafeMutablePointer<Float>,
    _ im: UnsafeMutablePointer<Float>
  ) {
    re.pointee = (sum + difference) * bin.x
    im.pointee = (sum - difference) * bin.y
  }

  /// Sets the amplitudes of the bands for a time between the last two ticks.
  private func setAmplitudes(_ share: Float) {
    let powers = tickPowers.baseAddress
    let scale = Float(1) / Float(Self.frame)
    let out = UnsafeMutableRawPointer(amplitudes.baseAddress).assumingMemoryBound(to: Float.self)
    for v in 0..<Self.vectors {
      let left = (powers[v] + share * (powers[2 * Self.vectors + v] - powers[v])).squareRoot()
      let right =
        (powers[Self.vectors + v] + share * (powers[3 * Self.vectors + v] - powers[Self.vectors + v]))
        .squareRoot()
      let (sum, difference) = (0.5 * scale * (left + right), 0.5 * scale * (left - right))
      for lane in 0..<min(8, Self.bands - 8 * v) {
        out[2 * (8 * v + lane)] = sum[lane]
        out[2 * (8 * v + lane) + 1] = difference[lane]
      }
    }
  }

  /// Computes the powers of the bands at the next tick.
  private func advanceTick() {
    let values = modulators.advance(to: tick)
    let powers = tickPowers.baseAddress
    for v in 0..<2 * Self.vectors { powers[v] = powers[2 * Self.vectors + v] }
    let left = UnsafeMutableRawPointer(powers + 2 * Self.vectors).assumingMemoryBound(to: Float.self)
    let right = UnsafeMutableRawPointer(powers + 3 * Self.vectors).assumingMemoryBound(to: Float.self)
    let (common, own, table) = (commonLevel.baseAddress, ownLevel.baseAddress, self.powers.baseAddress)
    let scale = Float(Self.tableSize - 1) / Float(Self.highestNormal - Self.lowestNormal)
    let lowest = Float(Self.lowestNormal)
    for k in 0..<Self.bands {
      let line = table + k * Self.tableSize
      left[k] = Self.looked(line, (values[k] - lowest) * scale)
      right[k] = Self.looked(
        line, (common[k] * values[k] + own[k] * values[Self.bands + k] - lowest) * scale)
    }
    events?.advance(to: tick, powers + 2 * Self.vectors, powers + 3 * Self.vectors, pace: pace)
    tick += 1
  }

  @inline(__always) private static func looked(_ table: UnsafePointer<Float>, _ position: Float) -> Float {
    let bounded = max(0, min(Float(tableSize) - 1.001, position))
    let i = Int(bounded)
    return table[i] + (bounded - Float(i)) * (table[i + 1] - table[i])
  }
}
