import Foundation
import TingleDSP
import TingleMix

/// Measures the metrics of a track of any length in constant memory.
public final class SoundCheck {
  private let sampleRate: Double
  private let channels: Int
  private let loudness: EBUR128Meter
  private let peak = TruePeakMeter()
  private var envelope: EnvelopeCheck
  private var spectrum: SpectrumCheck
  private var ears: InterauralCheck
  // Loudness jumps are not measured during the first 20 s, where the fade-in is one.
  private static let fadeInTenths = 200
  // Frames of the current tenth of a second, the number of tenths, and the momentary loudness of the last 10
  // s.
  private var tenthFrames = 0
  private var tenths = 0
  private var momentary: [Double] = []
  private var highestMomentary = -Double.infinity
  private var highestJump = 0.0
  private var frames = 0
  private var silentFrames = 0
  private var longestSilence = 0
  private var sum = SIMD2<Double>.zero
  private let framesPerTenth: Int
  private var fades = FadeCheck()
  private var builder: TrackOverviewBuilder?

  /// Creates a check.
  /// - Parameters:
  ///   - sampleRate: the sample rate in hertz, within `SoundFileReader.sampleRates`.
  ///   - channels: 2, or 1 for a mono track in both channels, which has no interaural metrics.
  ///   - floorDB: the noise floor of the listening room, in decibels below the track's mean level.
  ///   - makesOverview: whether an overview for a chart is made as well.
  public init(sampleRate: Double, channels: Int = 2, floorDB: Double, makesOverview: Bool = false) {
    builder = makesOverview ? TrackOverviewBuilder(sampleRate: sampleRate) : nil
    self.sampleRate = sampleRate
    self.channels = channels
    loudness = EBUR128Meter(
      sampleRate: Int(sampleRate), channels: channels, [.momentary, .integrated, .range, .histogram])
    envelope = EnvelopeCheck(sampleRate: sampleRate, floorDB: floorDB)
    spectrum = SpectrumCheck(sampleRate: sampleRate)
    ears = InterauralCheck(sampleRate: sampleRate)
    framesPerTenth = Int(sampleRate / 10)
  }

  /// Adds the next frames.
  public func add(_ frames: UnsafeBufferPointer<StereoFrame>) {
    peak.add(frames)
    var start = 0
    while start < frames.count {
      // The momentary loudness is read at the end of every tenth of a second.
      let count = min(frames.count - start, framesPerTenth - tenthFrames)
      let part = UnsafeBufferPointer(rebasing: frames[start..<start + count])
      loudness.add(part)
      tenthFrames += count
      if tenthFrames == framesPerTenth { addMomentary() }
      start += count
    }
    for frame in frames {
      silentFrames = frame == .zero ? silentFrames + 1 : 0
      longestSilence = max(longestSilence, silentFrames)
      sum += SIMD2<Double>(frame)
      envelope.add(frame)
    }
    spectrum.add(frames)
    builder?.add(frames)
    ears.add(frames)
    self.frames += frames.count
  }

  private func addMomentary() {
    tenthFrames = 0
    let now = max(-70, loudness.momentaryLUFS)
    highestMomentary = max(highestMomentary, now)
    momentary.append(now)
    if momentary.count > 100 { momentary.removeFirst() }
    fades.add(momentary: now)
    builder?.add(momentary: now, endFrame: (tenths + 1) * framesPerTenth)
    tenths += 1
    guard tenths > Self.fadeInTenths else { return }
    highestJump = max(highestJump, now - momentary.sorted()[momentary.count / 2])
  }

  /// The shortest track whose loudness can be measured: one gating block of ITU-R BS.1770, in seconds.
  public static let shortestSeconds = 0.4

  /// The length measured so far, in seconds.
  public var seconds: Double { Double(frames) / sampleRate }

  /// The overview of the track, if requested.
  public var overview: TrackOverview? { builder?.overview }

  /// The metrics that apply to the track: a mono track has no interaural ones.
  public var applicableMetrics: [CheckMetric] {
    CheckMetric.allCases.filter { channels == 2 || ![.correlation, .sides, .balance].contains($0) }
  }

  /// The measured values of the applicable metrics. Levels of silence are minus infinity; a metric that
  /// silence or a too short track does not have is missing.
  public var metrics: [CheckMetric: Double] {
    let integrated = loudness.integratedLUFS
    let mean = frames == 0 ? SIMD2<Double>.zero : sum / Double(frames)
    let isSilent = integrated == -.infinity
    let isLongEnough = seconds >= Self.shortestSeconds
    let values: [CheckMetric: Double?] = [
      .integrated: isLongEnough ? integrated : nil, .truePeak: 20 * log10(Double(peak.highest)),
      .range: seconds < 3 ? nil : loudness.rangeLU,
      .momentary: isSilent ? nil : highestMomentary - integrated,
      .jump: tenths > Self.fadeInTenths ? highestJump : nil,
      .fast: envelope.fastOverMeanDB, .rise: envelope.riseDB, .contrast: envelope.peakOverBackgroundDB,
      .centroid: spectrum.centroidHz, .fiveKilohertz: spectrum.fiveKilohertzDB, .rumble: spectrum.rumbleDB,
      .offset: 20 * log10(max(1e-9, max(abs(mean.x), abs(mean.y)))),
      .silence: Double(longestSilence) / sampleRate,
      .entrance: isLongEnough ? fades.fadeInSeconds : nil,
      .exit: isLongEnough ? fades.fadeOutSeconds : nil,
      .correlation: ears.correlation, .sides: ears.deviationDB, .balance: abs(ears.balanceDB),
    ]
    return values.compactMapValues { $0 }.filter { applicableMetrics.contains($0.key) }
  }
}
