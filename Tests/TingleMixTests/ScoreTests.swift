import Testing
import TingleDSP
import TingleMix

private struct NoTrigger: Error {}

@Suite("The score")
struct ScoreTests {
  let score = Score(
    timing: Timing(slotSeconds: 6, jitter: 0.4, tailSeconds: 1.5), draws: Draws(seed: 3), sampleRate: 48000)

  @Test("voices start in order, one per slot, at irregular intervals")
  func order() {
    var spans: Set<Int> = []
    for index in -50..<5000 {
      let span = score.startFrame(of: index + 1) - score.startFrame(of: index)
      #expect(span > 0)
      #expect(Double(span) / 48000 < 6 * 1.4 + 0.001)
      spans.insert(span)
    }
    #expect(spans.count > 4900)
  }

  @Test(
    "firstIndex(from:) is the inverse of startFrame(of:) at any frame",
    arguments: [-1_000_000, 0, 1, 287_999, 1_382_400_000])
  func inverse(frame: Int) {
    let index = score.firstIndex(from: frame)
    #expect(score.startFrame(of: index) >= frame)
    #expect(score.startFrame(of: index - 1) < frame)
  }

  @Test("the voice pool holds all voices that can sound at once")
  func poolSize() {
    for frame in stride(from: 0, to: 20_000_000, by: 9973) {
      let first = score.firstIndex(from: frame - score.longestFrames)
      let next = score.firstIndex(from: frame + Grid.frames)
      #expect(next - first <= score.mostVoices)
    }
  }

  @Test(
    "every voice of every trigger ends within its longest duration",
    arguments: Catalogue.triggers.map { $0.name })
  func endings(name: String) throws {
    func check<T: Trigger>(_ type: T.Type) {
      let trigger = T()
      let score = Score(timing: trigger.timing, draws: Draws(seed: 9), sampleRate: 48000)
      let shared = T.Voice.prepare(trigger, layer: score.layerDraws, sampleRate: 48000)
      var block = [StereoFrame](repeating: .zero, count: Grid.frames)
      for index in 0..<12 {
        var voice = T.Voice(shared, cue: score.cue(for: index))
        var frames = 0
        var isSounding = true
        while isSounding, frames <= score.longestFrames {
          var span = block.mutableSpan
          for i in span.indices { span[i] = .zero }
          isSounding = voice.render(into: &span)
          frames += Grid.frames
        }
        #expect(
          !isSounding,
          "\(T.name) \(index) after \(Double(frames) / 48000) s of \(trigger.timing.longestSeconds)")
      }
    }
    guard let type = Catalogue.trigger(named: name) else { throw NoTrigger() }
    check(type)
  }
}
