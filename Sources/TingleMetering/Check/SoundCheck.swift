import Foundation
import TingleDSP
import TingleMix

/// Listens to a track of any length in constant memory, and says what can be said of it in figures.
public final class SoundCheck {
  private let sampleRate: Double
  private let channels: Int
  private let loudness: EBUR128Meter
  private let peak = TruePeakMeter()
  private var envelope: EnvelopeCheck
  private var spectrum: SpectrumCheck
  private var ears: EarsCheck
  // An entrance rises over what was before because nothing was; it has 20 s for that.
  private static let entranceTenths = 200
  // Momentary loudness, and the last ten seconds of it.
  private var tenth = 0
  private var tenths = 0
  private var momentary: [Double] = []
  private var highestMomentary = -Double.infinity
  private var highestJump = 0.0
  private var frames = 0
  private var silentFrames = 0
  private var longestSilence = 0
  private var sum = SIMD2<Double>.zero
  private let block: Int
  private var ramps = RampCheck()
  private var builder: TrackPictureBuilder?

  /// - Parameters:
  ///   - sampleRate: in hertz, one of `SoundFileReader.sampleRates`.
  ///   - channels: 2, or 1 where both are the same one: it has no sides then.
  ///   - floorDB: how far under the track's mean level the silence of the bedroom is.
  ///   - picturing: whether a picture of the track is made as well.
  public init(sampleRate: Double, channels: Int = 2, floorDB: Double, picturing: Bool = false) {
    builder = picturing ? TrackPictureBuilder(sampleRate: sampleRate) : nil
    self.sampleRate = sampleRate
    self.channels = channels
    loudness = EBUR128Meter(
      sampleRate: Int(sampleRate), channels: channels, [.momentary, .integrated, .range, .histogram])
    envelope = EnvelopeCheck(sampleRate: sampleRate, floorDB: floorDB)
    spectrum = SpectrumCheck(sampleRate: sampleRate)
    ears = EarsCheck(sampleRate: sampleRate)
    block = Int(sampleRate / 10)
  }

  /// Listens to the next frames.
  public func add(_ frames: UnsafeBufferPointer<StereoFrame>) {
    peak.add(frames)
    var start = 0
    while start < frames.count {
      // The loudness of every tenth of a second is asked for when it is over.
      let count = min(frames.count - start, block - tenth)
      let part = UnsafeBufferPointer(rebasing: frames[start..<start + count])
      loudness.add(part)
      tenth += count
      if tenth == block { hearMomentary() }
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

  private func hearMomentary() {
    tenth = 0
    let now = max(-70, loudness.momentaryLUFS)
    highestMomentary = max(highestMomentary, now)
    momentary.append(now)
    if momentary.count > 100 { momentary.removeFirst() }
    ramps.hear(now)
    builder?.hear(now, until: (tenths + 1) * block)
    tenths += 1
    guard tenths > Self.entranceTenths else { return }
    highestJump = max(highestJump, now - momentary.sorted()[momentary.count / 2])
  }

  /// How long a track must be for its loudness to be measured: one block of EBU R 128.
  public static let shortestSeconds = 0.4

  /// How much was heard.
  public var seconds: Double { Double(frames) / sampleRate }

  /// The track seen from afar, if that was asked for.
  public var picture: TrackPicture? { builder?.picture }

  /// What is to be measured: a track that is the same in both ears has no sides.
  public var wanted: [CheckMetric] {
    CheckMetric.allCases.filter { channels == 2 || ![.correlation, .sides, .balance].contains($0) }
  }

  /// What was found, of all that was wanted: a level is minus infinity for silence; what silence or a track that is too short
  /// does not have is left out.
  public var figures: [CheckMetric: Double] {
    let integrated = loudness.integratedLUFS
    let mean = frames == 0 ? SIMD2<Double>.zero : sum / Double(frames)
    let isSilent = integrated == -.infinity
    let isLongEnough = seconds >= Self.shortestSeconds
    let found: [CheckMetric: Double?] = [
      .integrated: isLongEnough ? integrated : nil, .truePeak: 20 * log10(Double(peak.highest)),
      .range: seconds < 3 ? nil : loudness.rangeLU,
      .momentary: isSilent ? nil : highestMomentary - integrated,
      .jump: tenths > Self.entranceTenths ? highestJump : nil,
      .fast: envelope.fastOverMeanDB, .rise: envelope.riseDB, .contrast: envelope.peakOverBackgroundDB,
      .centroid: spectrum.centroidHz, .fiveKilohertz: spectrum.fiveKilohertzDB, .rumble: spectrum.rumbleDB,
      .offset: 20 * log10(max(1e-9, max(abs(mean.x), abs(mean.y)))),
      .silence: Double(longestSilence) / sampleRate,
      .entrance: isLongEnough ? ramps.entranceSeconds : nil,
      .exit: isLongEnough ? ramps.exitSeconds : nil,
      .correlation: ears.correlation, .sides: ears.deviationDB, .balance: abs(ears.balanceDB),
    ]
    return found.compactMapValues { $0 }.filter { wanted.contains($0.key) }
  }
}
