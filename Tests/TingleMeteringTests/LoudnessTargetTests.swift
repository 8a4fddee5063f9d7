import Measure
import Testing
import TingleDSP
import TingleMetering
import TingleMix

@Suite("Loudness targets")
struct LoudnessTargetTests {
  private func mix(seconds: Double, loudness: Double?) -> Mix {
    var mix = Mix(
      layers: [
        LayerSettings(name: "bed", trigger: Noise(), role: .bed, levelDB: -12),
        LayerSettings(name: "tap", trigger: Tap(), levelDB: -3),
        LayerSettings(
          name: "whisper", trigger: Whisper(), levelDB: -6, place: SourcePosition(motion: .earToEar)),
      ], durationSeconds: seconds)
    mix.master.loudnessLUFS = loudness
    return mix
  }

  /// The loudness and true peak of a complete track.
  private func measured(_ mix: Mix, channels: Int = 2) throws -> LoudnessMeter.Measurement {
    let timeline = Timeline(mix, sampleRate: 48000, jobs: 2)
    let meter = LoudnessMeter(
      sampleRate: 48000, channels: channels, expectedFrames: timeline.frames.count)
    try timeline.render { meter.add(UnsafeBufferPointer($0)) }
    return meter.measurement
  }

  @Test(
    "short and long tracks reach their target loudness", arguments: [40.0, 800], [-30.0, -20])
  func target(seconds: Double, loudness: Double) throws {
    let levelled = LoudnessTarget.levelled(mix(seconds: seconds, loudness: loudness), jobs: 2)
    let measurement = try measured(levelled)
    // A long track is measured in forty excerpts, with an error of some tenths of a LU.
    #expect(
      abs(measurement.integratedLUFS - loudness) < (seconds < 600 ? 0.3 : 0.7),
      "\(measurement.integratedLUFS)")
    #expect(measurement.truePeakDB < -0.95)
  }

  @Test("long fades count: a steady track that is measured in excerpts reaches its target loudness")
  func fades() throws {
    var asked = Mix(
      layers: [LayerSettings(name: "bed", trigger: Noise(), role: .bed)], durationSeconds: 400)
    (asked.master.fadeInSeconds, asked.master.fadeOutSeconds) = (40, 120)
    asked.master.loudnessLUFS = -30
    let measurement = try measured(LoudnessTarget.levelled(asked, jobs: 2))
    #expect(abs(measurement.integratedLUFS + 30) < 0.15, "\(measurement.integratedLUFS)")
  }

  @Test("a faint mix reaches its target loudness", arguments: [-45.0, -60])
  func faint(levelDB: Double) throws {
    var asked = mix(seconds: 40, loudness: -30)
    for k in asked.layers.indices { asked.layers[k].levelDB += levelDB }
    let measurement = try measured(LoudnessTarget.levelled(asked, jobs: 2))
    #expect(abs(measurement.integratedLUFS + 30) < 0.3, "\(measurement.integratedLUFS)")
  }

  @Test("a mono track reaches its target loudness")
  func mono() throws {
    var asked = mix(seconds: 40, loudness: -26)
    asked.output = .speakers
    asked.isMono = true
    let measurement = try measured(LoudnessTarget.levelled(asked, jobs: 2), channels: 1)
    #expect(abs(measurement.integratedLUFS + 26) < 0.3, "\(measurement.integratedLUFS)")
  }

  @Test(
    "the gain does not depend on the number of threads, and a mix without a target is unchanged")
  func repeatable() {
    let asked = mix(seconds: 900, loudness: -26)
    #expect(LoudnessTarget.levelled(asked, jobs: 1).master == LoudnessTarget.levelled(asked, jobs: 3).master)
    let plain = mix(seconds: 30, loudness: nil)
    #expect(LoudnessTarget.levelled(plain, jobs: 1).master == plain.master)
    var silent = Mix(layers: [], durationSeconds: 10)
    silent.master.loudnessLUFS = -26
    #expect(LoudnessTarget.levelled(silent, jobs: 2).master.gainDB == 0)
  }

  @Test("100 layers at +24 dB stay below the ceiling")
  func adversarial() throws {
    var crowd = Mix(
      layers: (0..<100).map { k in
        let type = Catalogue.triggers[k % Catalogue.triggers.count]
        return LayerSettings(name: "\(k)", trigger: type.init(), levelDB: 24)
      }, durationSeconds: 3)
    crowd.master.ceilingDB = -3
    crowd.master.fadeInSeconds = 0
    let measurement = try measured(crowd)
    #expect((-4.0...(-2.95)).contains(measurement.truePeakDB))
  }
}
