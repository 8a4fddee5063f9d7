import TingleDSP
import TingleMix
import TingleScripts
import TingleSupport

/// The words of presets for the scripts of one preset: its layers, all triggers with their parameters, places
/// and times.
struct PresetVocabulary: ScriptVocabulary {
  private let layers: [String]
  private let voice: LayerSettings?
  private let whisper: Whisper

  /// Words that make a direction readable and mean nothing: `tap on the glass with a nail`.
  private static let fillers: Set<String> = [
    "a", "an", "the", "my", "your", "you", "with", "of", "on", "in", "to", "into", "some", "slowly",
  ]

  /// The vocabulary of a mix.
  init(_ mix: Mix) {
    layers = mix.layers.map(\.name).filter { $0 != Script.voiceLayer && $0 != "bed" }
    voice = mix.layers.first { $0.name == Script.voiceLayer }
    whisper = voice?.trigger as? Whisper ?? Whisper()
  }

  var knownWords: [String] {
    Catalogue.triggers.map { $0.name } + layers
      + PlaceSpec.names.filter { (try? PlaceSpec.parse($0))?.motion.isStill == true }
  }

  func suggestion(for word: String, among known: [String]) -> String? {
    Spelling.suggestion(for: word, among: known)
  }

  func seconds(_ text: String) throws(ScriptFault) -> Double {
    do { return try Quantity.parse(text, as: .seconds) } catch { throw ScriptFault(error.reason) }
  }

  func place(_ text: String) -> SourcePosition? {
    guard let place = try? PlaceSpec.parse(text) else { return nil }
    // A time alone is a motion's period, not a place.
    return place.position == SourcePosition().position && place.motion.isStill && text != "in front"
      ? nil : place
  }

  func pronunciation(of text: String) throws(ScriptFault) -> (phonemes: String, notices: [String]) {
    if let voice, !(voice.trigger is Whisper) {
      throw ScriptFault("the layer 'whisper' says the lines of the script; its trigger must be whisper")
    }
    do {
      let spoken = try whisper.saying(text)
      return (spoken.phonemes, spoken.notices)
    } catch let error as UserError {
      throw ScriptFault(
        error.message.hasPrefix("text: ") ? "the line " + error.message.dropFirst(6) : error.message)
    } catch { throw ScriptFault("\(error)") }
  }

  func action(_ words: [String]) throws(ScriptFault) -> Script.Action? {
    guard let first = words.first else { return nil }
    if words.count == 1, layers.contains(first) {
      return Script.Action(name: first, label: first, settings: nil)
    }
    guard first != Script.voiceLayer || words.count > 1 else {
      throw ScriptFault(
        "'whisper' is the voice of the script; write what it whispers as a line, without brackets")
    }
    guard let trigger = Catalogue.trigger(named: first) else {
      if layers.contains(first) {
        throw ScriptFault(
          "'\(first)' is a layer of the preset; write its parameters there, and '[\(first)]' here", word: 1)
      }
      return nil
    }
    return try action(trigger, words)
  }

  private func action<T: Trigger>(
    _ trigger: T.Type, _ words: [String]
  ) throws(ScriptFault) -> Script.Action {
    var values: [(String, String)] = []
    var names = [words[0]]
    var k = 1
    while k < words.count {
      let word = words[k]
      if let sign = word.firstIndex(of: "=") {
        values.append((String(word[..<sign]), String(word[word.index(after: sign)...])))
      } else if let parameter = Self.choice(of: T.self, word, besides: values.map(\.0)) {
        values.append((parameter, word))
      } else if word == "at" || Self.startsPlace(words[k...]) {
        let rest = words[k...].filter { !["at", "the", "on", "your"].contains($0) }
        names += ["at"] + rest
        values.append(("place", rest.joined(separator: " ")))
        break
      } else if Self.fillers.contains(word) {
        k += 1
        continue
      } else {
        let known = Self.choices(of: T.self).flatMap(\.words) + PlaceSpec.names
        let hint = Spelling.suggestion(for: word, among: known).map { "did you mean '\($0)'?" }
        throw ScriptFault(
          "unknown word '\(word)' of \(T.name); "
            + (hint ?? "expected 'at' with a place, a parameter such as level=-6dB, or one of "
              + Self.choices(of: T.self).flatMap(\.words).joined(separator: ", ")),
          word: k)
      }
      names.append(word)
      k += 1
    }
    let label = names.joined(separator: " ")
    let name = names.filter { $0 != "at" }.joined(separator: " ").split { !$0.isLetter && !$0.isNumber }
      .joined(separator: "-")
    do {
      let layer = try LayerSpec.layer(T.self, values)
      return Script.Action(name: name, label: label, settings: layer)
    } catch let error as UserError { throw ScriptFault(error.message, word: min(1, words.count - 1)) } catch {
      throw ScriptFault("\(error)")
    }
  }

  /// The parameter that has a word as one of its choices and has no value yet.
  private static func choice<T: Trigger>(
    of trigger: T.Type, _ word: String, besides taken: [String]
  ) -> String? {
    choices(of: T.self).first { $0.words.contains(word) && !taken.contains($0.name) }?.name
  }

  private static func choices<T: Trigger>(of trigger: T.Type) -> [(name: String, words: [String])] {
    T.parameters.compactMap { parameter in
      guard case .choice(let words) = parameter.kind else { return nil }
      return (parameter.name, words.filter { $0 != "none" })
    }
  }

  /// Whether a place begins here.
  private static func startsPlace(_ words: ArraySlice<String>) -> Bool {
    PlaceSpec.names.contains { name in
      let parts = name.split(separator: " ").map(String.init)
      return words.starts(with: parts)
    }
  }
}
