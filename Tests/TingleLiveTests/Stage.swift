import Foundation
import Measure
import TingleLive
import TingleMix
import TinglePresets

/// A session that a test renders block by block, and the rendered frames.
final class Stage {
  static let rate = 48000.0

  let session: LiveSession
  var rendered: [StereoFrame] = []

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
      rendered += frames
    }
  }

  /// Renders until the newest scene plays and its cross-fade is complete.
  func settle() {
    for _ in 0..<400 {
      play(seconds: 0.02)
      usleep(2000)
      if session.isSettled { return }
    }
  }

  func levelDB(lastSeconds seconds: Double) -> Double {
    Statistics.levelDB(rendered.suffix(Int(seconds * Stage.rate)).map(\.x))
  }

  /// The level of `two` outside of fades, in dBFS RMS; the level of crinkle varies.
  static let usualDB = -40.0...(-25.0)

  /// A preset with a bed and two layers, in stereo without HRTF.
  static let two = """
    output: speakers
    bed: {level: -12 dB}
    layers:
      crinkle: {rest: 0, pace: 200/s, level: -6 dB}
      other: {trigger: noise, level: -30 dB}
    master: {loudness: as mixed, fade-in: 0s}
    """
}
