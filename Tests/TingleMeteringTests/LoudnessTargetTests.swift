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

  /// The loudness and the true peak of a whole track, measured without a gap.
  private func measured(_ mix: Mix, channels: Int = 2) throws -> LoudnessMeter.Measurement {
    let timeline = Timeline(mix, sampleRate: 48000, jobs: 2)
    let meter = LoudnessMeter(
      sampleRate: 48000, channels: channels, expectedFrames: timeline.frames.count)
    try timeline.render { meter.add(UnsafeBufferPointer($0)) }
    return meter.reading
  }

  @Test(
    "a short track and a long one are as loud as they are asked to be", arguments: [40.0, 800], [-30.0, -20])
  func target(seconds: Double, loudness: Double) throws {
    let levelled = LoudnessTarget.levelled(mix(seconds: seconds, loudness: loudness), jobs: 2)
    let reading = try measured(levelled)
    // A long track is heard in forty excerpts, which leave an error of some tenths.
    #expect(abs(reading.integratedLUFS - loudness) < (seconds < 600 ? 0.3 : 0.7), "\(reading.integratedLUFS)")
    #expect(reading.truePeakDB < -0.95)
  }

  @Test("a mix that is faint as mixed is as loud as it is asked to be", arguments: [-45.0, -60])
  func faint(levelDB: Double) throws {
    var asked = mix(seconds: 40, loudness: -30)
    for k in asked.layers.indices { asked.layers[k].levelDB += levelDB }
    let reading = try measured(LoudnessTarget.levelled(asked, jobs: 2))
    #expect(abs(reading.integratedLUFS + 30) < 0.3, "\(reading.integratedLUFS)")
  }

  @Test("a track for one loudspeaker is as loud as it is asked to be")
  func mono() throws {
    var asked = mix(seconds: 40, loudness: -26)
    asked.output = .speakers
    asked.isMono = true
    let reading = try measured(LoudnessTarget.levelled(asked, jobs: 2), channels: 1)
    #expect(abs(reading.integratedLUFS + 26) < 0.3, "\(reading.integratedLUFS)")
  }

  @Test(
    "the same mix is levelled the same way, on any number of jobs, and what asks for nothing is left alone")
  func repeatable() {
    let asked = mix(seconds: 900, loudness: -26)
    #expect(LoudnessTarget.levelled(asked, jobs: 1).master == LoudnessTarget.levelled(asked, jobs: 3).master)
    let plain = mix(seconds: 30, loudness: nil)
    #expect(LoudnessTarget.levelled(plain, jobs: 1).master == plain.master)
    var silent = Mix(layers: [], durationSeconds: 10)
    silent.master.loudnessLUFS = -26
    #expect(LoudnessTarget.levelled(silent, jobs: 2).master.gainDB == 0)
  }

  @Test("a hundred layers at their loudest stay under the ceiling")
  func adversarial() throws {
    var crowd = Mix(
      layers: (0..<100).map { k in
        let type = Catalogue.triggers[k % Catalogue.triggers.count]
        return LayerSettings(name: "\(k)", trigger: type.init(), levelDB: 24)
      }, durationSeconds: 3)
    crowd.master.ceilingDB = -3
    crowd.master.fadeInSeconds = 0
    let reading = try measured(crowd)
    #expect((-4.0...(-2.95)).contains(reading.truePeakDB))
  }
}
