import Testing
import TingleText

@Suite("Pronunciation")
struct PronunciationTests {
  @Test(
    "English text gives the expected phonemes",
    arguments: [
      ("close your eyes", "K L OW1 S - Y ER - AY1 Z ."),
      ("The apple.", "DH IY - AE1 P AX L ."),
      ("the moon", "DH AX - M UW1 N ."),
      ("Really?", "R IH1 L IY ?"),
      ("good\nnight", "G UH1 D - N AY1 T ."), ("good\n\nnight", "G UH1 D . N AY1 T ."),
      ("Yes, yes.", "Y EH1 S , - Y EH1 S ."),
      ("7:30", "S EH1 V AX N - TH ER1 D IY2 ."),
      ("in 1984", "IH2 N - N AY1 N T IY1 N - EY1 T IY - F AO1 R ."),
      ("50%", "F IH1 F T IY - P ER S EH1 N T ."),
      ("$5", "F AY1 V - D AA1 L ER Z ."),
      ("the 21st", "DH AX - T W EH1 N T IY - F ER1 S T ."),
      ("Dr. Smith", "D AA1 K T ER - S M IH1 TH ."),
      ("café", "K AX F EY1 ."),
      ("good 🌙 night", "G UH1 D - N AY1 T ."),
      ("1,000,000", "W AH1 N - M IH1 L Y AX N ."),
    ])
  func pronounced(text: String, phonemes: String) throws {
    #expect(try Pronunciation.phonemes(of: text) == phonemes)
  }

  @Test(
    "text that cannot be converted is rejected with a reason",
    arguments: [
      ("", "contains no words; write the text to whisper"),
      (" \u{7} 🌙 ... ", "contains no words; write the text to whisper"),
      (
        "спокойной ночи",
        "contains the letter 'с', which is not English; "
          + "set the language of the text, for example 'language: ru' or --language ru"
      ),
      (String(repeating: "a", count: 20_000), "has 20000 characters; at most 12000 are allowed"),
    ])
  func rejected(text: String, reason: String) {
    #expect(throws: Pronunciation.ParseError.self) { try Pronunciation.phonemes(of: text) }
    do { _ = try Pronunciation.phonemes(of: text) } catch { #expect(error.reason == reason) }
  }

  @Test("random text is converted or rejected without a crash")
  func anything() {
    let alphabet: [Character] = Array("abcXYZ019.,:;!?-'\"$%&() \n\t\u{0}\u{7}é…—#@")
    var state: UInt64 = 1
    for _ in 0..<3000 {
      var text = ""
      for _ in 0..<24 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text.append(alphabet[Int(state >> 33) % alphabet.count])
      }
      _ = try? Pronunciation.phonemes(of: text)
    }
  }

  @Test(
    "IPA is converted to ARPAbet, and unsupported symbols are rejected unless ignored",
    arguments: [
      ("həˈloʊ", "HH AX L OW1"), ("ɡʊd ˈnaɪt.", "G UH D - N AY1 T ."), ("tʃɜːtʃ", "CH ER CH"),
      ("ʃ_l_ˈiː_s d_ˌaɪ_n_ə ˈaʊɡən", "SH L IY1 S - D AY2 N AX - AW1 G AX N"),
      ("ɡˈuːtə nˈaxt", "G UW1 T AX - N AA1 XX T"), ("ˈyːbɐ", "UE1: B AX"), ("bˈœf", "B OEH1 F"),
      ("ˈatːo", "AA1 T: OW"), ("ˈiç, pero", "IY1 CX , P EH RR OW"), ("sˈɨn | fɯ?", "S IX1 N / F UI ?"),
    ])
  func ipa(text: String, phonemes: String) throws {
    #expect(IPA.isLikely(text))
    #expect(try IPA.phonemes(of: text) == phonemes)
    #expect(throws: Pronunciation.ParseError.self) { try IPA.phonemes(of: "жук") }
    #expect(try IPA.phonemes(of: "a1ж k", strict: false) == "AA - K")
  }

  @Test("long sentences are divided into breath groups of at most nine words")
  func breaths() throws {
    let line = try Pronunciation.phonemes(
      of: "we walk along the quiet shore and listen to the water as it runs over the stones under the moon")
    #expect(line.contains("/"))
    for breath in line.split(whereSeparator: { "/.".contains($0) }) {
      #expect(breath.split(separator: "-").count <= 9)
    }
  }
}
