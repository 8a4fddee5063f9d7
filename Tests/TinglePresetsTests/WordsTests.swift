import Testing
import TingleDSP
import TinglePresets
import TingleSupport
import TingleText

@Suite("Whispered text")
struct WordsTests {
  private static let texts = [
    """
    Close your eyes, and let your shoulders drop. There is nothing left to do tonight. The window is \
    shut, the rain is far away,
    and the blanket is warm. Listen to my voice for a little while, and when you are ready, let it go.
    """,
    """
    It was late in the evening when the old lighthouse keeper climbed the stairs, one hand upon the \
    cold iron rail, the other
    around a cup of tea. The sea was quiet. Far below, small waves turned over the pebbles, slowly, as \
    if they were counting
    them. He lit the lamp and sat down beside it with his book, and for a long time nothing happened at all.
    """,
  ]

  @Test("the default pace is 80 to 115 words a minute, the fastest at most 140", arguments: texts)
  func pace(text: String) throws {
    func wordsPerMinute(_ syllablesPerSecond: Double?) throws -> Double {
      var whisper = Whisper()
      if let syllablesPerSecond { whisper.syllablesPerSecond = syllablesPerSecond }
      let words = text.split(whereSeparator: \.isWhitespace).count
      return try 60 * Double(words) / whisper.saying(text).readingSeconds
    }
    let unasked = try wordsPerMinute(nil)
    #expect((80.0...115).contains(unasked), "\(unasked)")
    let hasty = try wordsPerMinute(6)
    #expect((unasked + 15...140).contains(hasty), "\(hasty)")
  }

  @Test("no nonsense syllable is a common English word")
  func nonsense() throws {
    let common = """
      a the put push pull full book look took cook hook shook foot good could should would wood bush \
      cushion wolf woman sit set
      sun son son's bed bet but cut cup come some such much touch this that them then than thin thing \
      fun fish fit miss mess bus
      buzz kiss lip let less love luck lick man men met mud tin ten tongue tuck teeth tooth duck dish \
      dig pen pin pet pun puff
      pus with wish win wet wed one won was what hid hem hum hush hut his chin chess check church child \
      moon soon noon tomb
      hoof soot shun shut sheath month south mouth death breath
      """
    let sounds = Set(
      common.split(whereSeparator: \.isWhitespace).compactMap {
        Lexicon.phonemes(of: String($0))?.map(\.name).joined(separator: " ")
      })
    #expect(sounds.count > 90)
    var dice = Dice(Draws(seed: 7))
    var met: Set<String> = []
    for k in 0..<4000 {
      let (onset, vowel, coda) = WhisperScript.syllable(stressed: k.isMultiple(of: 2), dice: &dice)
      let phones = [onset, vowel] + (coda.map { [$0] } ?? [])
      met.insert(phones.map { "\($0)".uppercased() }.joined(separator: " "))
    }
    #expect(met.count > 60)
    #expect(met.isDisjoint(with: sounds), "\(met.intersection(sounds))")
  }

  @Test("new phonemes replace a text, and a new text replaces phonemes")
  func inPlaceOf() throws {
    var layer = try LayerSpec.parse(#"whisper:text="good night""#)
    func whisper() -> Whisper? { layer.trigger as? Whisper }
    try LayerSpec.set("phonemes", to: "HH AH1 SH .", in: &layer)
    #expect(whisper()?.text == "" && whisper()?.phonemes == "HH AH1 SH .")
    try LayerSpec.set("pace", to: "2/s", in: &layer)
    #expect(whisper()?.phonemes == "HH AH1 SH .")
    try LayerSpec.set("text", to: "sleep", in: &layer)
    #expect(try whisper()?.phonemes == Whisper().saying("sleep").phonemes)
    let base = "layers:\n  whisper: {text: good night}"
    let varied = try PresetParser.parse(
      "extends: base\nlayers:\n  whisper: {phonemes: HH AH1 SH .}", name: "varied", file: "varied.yaml"
    ) { try PresetParser.parse(base, name: $0, file: "base.yaml") }
    let said = varied.mix.layers.compactMap { $0.trigger as? Whisper }.first
    #expect(said?.text == "" && said?.phonemes == "HH AH1 SH .")
  }

  @Test("a text in a layer gives the same phonemes as saying(_:); empty texts and wrong languages are errors")
  func everyWay() throws {
    let said = try Whisper().saying("good night")
    let layer = try LayerSpec.parse(#"whisper:text="good night""#)
    #expect((layer.trigger as? Whisper)?.phonemes == said.phonemes)
    #expect(throws: UserError.self) { try LayerSpec.parse(#"whisper:text="""#) }
    #expect(throws: UserError.self) { try LayerSpec.parse(#"whisper:text=hush,language=x-x-"#) }
  }
}
