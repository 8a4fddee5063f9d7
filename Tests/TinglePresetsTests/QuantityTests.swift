import Testing
import TingleDSP
import TinglePresets

@Suite("Quantities")
struct QuantityTests {
  @Test(
    "a number with a unit is parsed to the base unit",
    arguments: [
      ("8h", .seconds, 28800), ("1h30m", .seconds, 5400), ("2 min 5 s", .seconds, 125), ("90s", .seconds, 90),
      ("250 ms", .seconds, 0.25), ("1:30:00", .seconds, 5400), ("45:00", .seconds, 2700),
      ("-12 dB", .decibels, -12), ("-12dB", .decibels, -12), ("\u{2212}3.5 db", .decibels, -3.5),
      ("2.5/s", .perSecond, 2.5), ("30/min", .perSecond, 0.5), ("2 kHz", .hertz, 2000),
      ("15 cm", .metres, 0.15),
      ("-30°", .degrees, -30), ("45 deg", .degrees, 45), ("0.5", .none, 0.5), ("50 %", .none, 0.5),
      ("-3 dB/oct", .decibelsPerOctave, -3),
    ] as [(String, ParameterUnit, Double)])
  func reading(text: String, unit: ParameterUnit, value: Double) throws {
    #expect(abs(try Quantity.parse(text, as: unit) - value) < 1e-9)
  }

  @Test(
    "the error for a wrong quantity names the correction",
    arguments: [
      ("8", .seconds, "has no unit; write '8s'"), ("-12", .decibels, "has no unit; write '-12 dB'"),
      ("-12 Hz", .decibels, "has an unknown unit 'Hz'; use dB"),
      ("loud", .decibels, "is not a number; write it like '-12 dB'"),
      ("2.5 Hz", .perSecond, "has an unknown unit 'Hz'; use /s, /min or /h"),
      ("0.5 dB", .none, "takes no unit; write '0.5'"),
      ("", .seconds, "is not a number; write it like '8h'"),
      ("nan s", .seconds, "is not a number; write it like '8h'"),
      ("1e999 s", .seconds, "is not a number; write it like '8h'"),
    ] as [(String, ParameterUnit, String)])
  func refusing(text: String, unit: ParameterUnit, reason: String) {
    do {
      _ = try Quantity.parse(text, as: unit)
      Issue.record("'\(text)' was accepted")
    } catch {
      #expect(error.reason == reason)
    }
  }

  @Test("parsing a formatted value gives the same value", arguments: ParameterUnit.allCases)
  func writing(unit: ParameterUnit) throws {
    for value in [0.0, 1, 2.5, 0.125, 60, 90, 5400, 28800, 3661]
      + (unit == .perSecond ? [0.5 / 60, 40 / 60.0] : [])
    {
      let text = Quantity.describe(value, unit)
      #expect(abs(try Quantity.parse(text, as: unit) - value) < 1e-9, "\(text)")
    }
  }
}

@Suite("Spelling")
struct SpellingTests {
  @Test(
    "suggests a near word, and none for a far one",
    arguments: [
      ("surfce", "surface"), ("lvel", "level"), ("Pace", "pace"), ("lveel", "level"), ("zebra", nil),
    ])
  func guesses(word: String, meant: String?) {
    #expect(Spelling.suggestion(for: word, among: ["surface", "level", "pace", "tool"]) == meant)
  }
}
