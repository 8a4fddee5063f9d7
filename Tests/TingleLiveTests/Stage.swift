import Foundation
import Measure
import TingleLive
import TingleMix
import TinglePresets

/// A session that a test plays itself, and all that was heard of it.
final class Stage {
  static let rate = 48000.0

  let session: LiveSession
  var heard: [StereoFrame] = []

  init(
    _ text: String, startSeconds: Double = 0, timerSeconds: Double? = nil,
    library: PresetLibrary = PresetLibrary(environment: [:], executable: nil)
  ) throws {
    let preset = try PresetParser.parse(text, name: "test", file: "test.yaml")
    session = try LiveSession(
      preset, startSeconds: startSeconds, timerSeconds: timerSeconds, sampleRate: Stage.rate,
      .init(library: library) { $0 })
  }

  func play(seconds: Double) {
    var frames = [StereoFrame](repeating: .zero, count: 480)
    for _ in 0..<Int(seconds * 100) {
      frames.withUnsafeMutableBufferPointer { session.liveRenderer.render(into: $0) }
      heard += frames
    }
  }

  /// Plays on until what was asked for is all there.
  func settle() {
    for _ in 0..<400 {
      play(seconds: 0.02)
      usleep(2000)
      if session.isSettled { return }
    }
  }

  func levelDB(lastSeconds seconds: Double) -> Double {
    Statistics.levelDB(heard.suffix(Int(seconds * Stage.rate)).map(\.x))
  }

  /// How loud `two` is where nothing fades: its crinkle varies by some decibels.
  static let usualDB = -40.0...(-25.0)

  /// Two layers over a bed, in plain stereo.
  static let two = """
    output: speakers
    bed: {level: -12 dB}
    layers:
      crinkle: {rest: 0, pace: 200/s, level: -6 dB}
      other: {trigger: noise, level: -30 dB}
    master: {loudness: as mixed, fade-in: 0s}
    """
}
