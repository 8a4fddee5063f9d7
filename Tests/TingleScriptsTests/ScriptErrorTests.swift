import Measure
import Testing
import TinglePresets
import TingleScripts
import TingleSupport

@Suite("Errors in scripts")
struct ScriptErrorTests {
  @Test(
    "an error has its line and column, and what would be right",
    arguments: [
      ("Hello.\n  [clozer]", "2:4: unknown direction 'clozer'; did you mean 'closer'?"),
      ("Hello [pause 8 parsecs]", "1:14: '8 parsecs' has an unknown unit 'parsecs'; use s, ms, min, m or h"),
      ("[pause 2h]", "1:8: 2h is out of range; expected 0.1s to 1h"),
      ("[tap glss for 20s]", "1:6: unknown word 'glss' of tap; did you mean 'glass'?"),
      ("[tap glass for]", "1:12: a time is missing; write for example '20s'"),
      ("[either: a | b", "1:1: the direction is not closed; write ']' after the last alternative"),
      ("[either: a]", "1:1: there is one alternative; write '|' between several: '[either: ... | ... ]'"),
      ("[pause 8s\nHello", "1:1: the direction is not closed; write ']' at its end"),
      ("Hello ] there", "1:7: ']' closes no direction; remove it, or write '[' before the direction"),
      ("[slowly to the lefft ear]", "1:12: unknown place 'lefft ear'; did you mean 'left ear'?"),
      ("[slowly]", "1:2: slowly where? write for example '[slowly to the right ear]'"),
      ("[scisors]", "1:2: unknown direction 'scisors'; did you mean 'scissors'?"),
      ("[brush hair: x]", "1:8: write 'while' before the colon: '[brush hair while: ...]'"),
      ("[repeat 3 times]", "1:1: write how often and what: '[repeat 3 times: ...]', at most 200 times"),
      ("[repeat 3: ]", "1:1: nothing is whispered or done after the colon; write lines or directions there"),
      ("[breathe with me 0 times]", "1:2: write how many breaths, 1 to 60: '[breathe with me 6 times]'"),
      ("[closer now]", "1:9: 'closer' stands alone; write '[closer]'"),
      ("[]", "1:1: the direction is empty; write for example [pause 8s]"),
      ("#\nHello", "1:1: the heading is empty; write '# A title'"),
      ("?!", "1:1: the line contains no words; write the text to whisper"),
      ("[8s]", "1:2: unknown direction '8s'; expected a trigger"),
      (
        "[orbit]",
        "1:2: 'orbit' is a motion; the voice moves from place to place, as in '[slowly to the right ear]'"
      ),
      ("[tap intensity=90dB]", "1:6: intensity: 90dB is out of range; expected -18 dB to 12 dB"),
      (
        "", "1:1: the script is empty; write lines to whisper, and directions such as [pause 8s] in brackets"
      ),
      (
        "[repeat 200 times: [repeat 200 times: Hello.]]",
        "1:39: the script is too long with its repetitions; it can have 20000 parts in 24h"
      ),
      (
        String(repeating: "[repeat 1 times: ", count: 13) + "x" + String(repeating: "]", count: 13),
        "1:205: directions are nested too deeply; at most 12 within each other"
      ),
    ])
  func errors(text: String, message: String) {
    do {
      _ = try Scripts.preset(text)
      Issue.record("accepted: \(text)")
    } catch {
      let error = error as? UserError
      #expect(error?.kind == .data)
      #expect(
        "\(error.map { "\($0)" } ?? "")".hasPrefix("test.script:" + message), "\(error.map { "\($0)" } ?? "")"
      )
    }
  }

  @Test("20,000 mutated scripts give a timetable or one error, within seconds")
  func mutated() throws {
    var generator = SplitMix(seed: 7)
    let seed = Array(Scripts.everything)
    let parts = [
      "[", "]", "|", ":", "#", "//", "\n", "\n\n", " ", "[pause 1s]", "[repeat 99 times: ", "[either: ",
      "while:",
      "for", "99999999999s", "\u{0}", "é", "🙂", "-", "=", "°", "[tap", "[breathe with me 60 times]", "slowly",
    ].map(Array.init)
    var accepted = 0
    for _ in 0..<20_000 {
      var text = seed
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        let index = Int.random(in: 0..<text.count, using: &generator)
        switch Int.random(in: 0..<5, using: &generator) {
        case 0: text.remove(at: index)
        case 1: text.insert(contentsOf: parts.randomElement(using: &generator)!, at: index)
        case 2: text.swapAt(index, Int.random(in: 0..<text.count, using: &generator))
        case 3: text.removeSubrange(index..<min(text.count, index + 20))
        default: text.insert(contentsOf: text[index..<min(text.count, index + 60)], at: index)
        }
        if text.isEmpty { text = seed }
      }
      do {
        let preset = try Scripts.preset(String(text))
        accepted += 1
        let timetable = preset.script?.timetable
        #expect(timetable?.entries.allSatisfy { $0.startSeconds.isFinite && $0.seconds >= 0 } == true)
      } catch let error as UserError {
        #expect(error.location != nil && !error.message.isEmpty)
      }
    }
    #expect(accepted > 1000)
  }
}
