import Testing
import TingleDSP

@Suite("Texture files")
struct TextureTextTests {
  private static let text = {
    var model = TextureTests.lively
    (model.title, model.credit) = ("Drops", "Ann, example.org/1, CC0 1.0")
    return model.text
  }()

  /// The text with a change, and with the checksum of the changed text.
  private func resealed(_ text: String) throws -> String {
    // A wrong checksum is reported with the position only, so it is computed here.
    let body = text.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix("checksum:") }.joined(separator: "\n")
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in body.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    let digits = String(hash, radix: 16)
    return body + "checksum: " + String(repeating: "0", count: 16 - digits.count) + digits + "\n"
  }

  @Test("a model is read as it was written, to the last digit of the file")
  func roundTrip() throws {
    let read = try TextureModel(text: Self.text)
    #expect(read.title == "Drops" && read.credit == "Ann, example.org/1, CC0 1.0")
    #expect(read.events?.cards.count == 8 && read.events?.ratePerSecond == 12)
    #expect(zip(read.levelsDB, TextureTests.lively.levelsDB).allSatisfy { abs($0 - $1) < 0.06 })
    #expect(zip(read.spectrumDB, TextureTests.lively.spectrumDB).allSatisfy { abs($0 - $1) < 0.06 })
    #expect(try TextureModel(text: Self.text.replacing("\n", with: "\r\n")) == read)
    #expect(read.text.split(separator: "\n").allSatisfy { $0.utf8.count < 110 })
  }

  @Test(
    "hostile and damaged files are refused with a reason",
    arguments: [
      ("tingle texture 1", "tingle texture 2", "another version"),
      ("tingle texture 1", "RIFF", "this is not a texture"),
      ("level: 0", "level: nan", "'nan' is not a whole number from -1200 to 1200"),
      ("level: 0", "level: 99999999999999999999", "is not a whole number"),
      ("level: 0", "level: 1300", "'1300' is not a whole number from -1200 to 1200"),
      ("level: 0", "level:", "'level' has 0 numbers; expected 1"),
      ("level: 0", "level: 0\nvolume: 3", "unknown key 'volume'"),
      ("level: 0\n", "", "'level' is missing"),
      ("events: 1200", "events: 40100", "is not a whole number from 1 to 40000"),
      ("events: 1200\n", "", "'card' needs 'events'"),
      ("spectrum: -200", "spectrum:", "'spectrum' has 239 numbers; expected 240"),
      ("spectrum: -200", "spectrum: 1", "'1' is not a whole number from -1200 to 0"),
      ("levels: -86 -70", "levels: -70 -86", "the levels of band 1 do not ascend"),
      ("level: 0", "level; 0", "is not 'key: value'"),
    ])
  func refused(old: String, new: String, reason: String) throws {
    let changed = Self.text.replacing(old, with: new, maxReplacements: 1)
    #expect(changed != Self.text)
    let text = try resealed(changed)
    let error = #expect(throws: TextureModel.ParseError.self) { try TextureModel(text: text) }
    #expect(error?.reason.contains(reason) == true, "\(String(describing: error))")
  }

  @Test("a changed digit and a missing end are noticed")
  func checksum() {
    let changed = Self.text.replacing("events: 1200", with: "events: 1300")
    let damaged = #expect(throws: TextureModel.ParseError.self) { try TextureModel(text: changed) }
    #expect(damaged?.reason.contains("damaged") == true)
    let cut = #expect(throws: TextureModel.ParseError.self) {
      try TextureModel(text: String(Self.text.prefix(5000)))
    }
    #expect(cut?.reason.contains("incomplete") == true)
  }

  @Test("random bytes never become a texture")
  func noise() {
    var dice = Dice(Draws(seed: 3))
    let bytes = Array(Self.text.utf8)
    for _ in 0..<300 {
      var changed = bytes
      for _ in 0..<dice.whole(1...4) { changed[dice.choose(changed.count)] = UInt8(dice.choose(256)) }
      #expect(throws: TextureModel.ParseError.self) {
        try TextureModel(text: String(decoding: changed, as: UTF8.self))
      }
    }
  }
}
