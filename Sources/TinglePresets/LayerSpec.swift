import TingleDSP
import TingleMix
import TingleSupport

/// The textual form of a layer on the command line: `tap:surface=wood,tool=nail,pace=2.5/s,level=-6dB`.
public enum LayerSpec {
  /// Parses a layer.
  /// - Parameters:
  ///   - text: the name of a trigger and, after a colon, parameters. A value that contains commas needs
  ///     double quotes.
  ///   - taken: the names of the other layers in the mix; a second `tap` is named `tap-2`.
  /// - Throws: `UserError` (usage).
  public static func parse(_ text: String, taken: [String] = []) throws -> LayerSettings {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0]).trimmingWhitespace
    func fail(_ message: String) -> UserError { UserError(.usage, "--layer '\(text)': \(message)") }
    guard let kind = Catalogue.trigger(named: name) else {
      let known = Catalogue.triggers.map { $0.name }
      if let comma = name.firstIndex(of: ","), known.contains(String(name[..<comma])) {
        throw fail("write a colon after the trigger: '\(name[..<comma]):\(name[comma...].dropFirst())'")
      }
      throw fail("unknown trigger '\(name)'\(RenamedWord.hint(for: name, .trigger, among: known))")
    }
    var pairs: [(String, String)] = []
    for piece in pieces(parts.count > 1 ? String(parts[1]) : "") {
      let pair = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard pair.count == 2 else {
        if let last = pairs.last, last.1.last?.isNumber == true, piece.first?.isNumber == true {
          throw fail("'\(last.1),\(piece)' has a decimal comma; write '\(last.0)=\(last.1).\(piece)'")
        }
        throw fail("'\(piece)' is not 'parameter=value'")
      }
      pairs.append((String(pair[0]).trimmingWhitespace, unquoted(String(pair[1]).trimmingWhitespace)))
    }
    let names = [name] + (2...taken.count + 2).map { "\(name)-\($0)" }
    return try settings(kind, pairs, name: names.first { !taken.contains($0) } ?? name, fail)
  }

  /// A layer with a trigger whose parameters are set from texts.
  /// - Parameter values: pairs of a parameter's name and its value as text.
  /// - Throws: `UserError` (usage).
  public static func layer<T: Trigger>(_ trigger: T.Type, _ values: [(String, String)]) throws
    -> LayerSettings
  {
    try settings(trigger, values, name: T.name) { UserError(.usage, $0) }
  }

  private static func settings<T: Trigger>(
    _ kind: T.Type, _ pairs: [(String, String)], name: String, _ fail: (String) -> UserError
  ) throws -> LayerSettings {
    var settings = LayerSettings(name: name, trigger: T())
    for (key, text) in pairs { try set(T.self, key, text, in: &settings, fail) }
    if let (key, reason) = settings.trigger.convertText(changedFrom: nil) { throw fail("\(key): \(reason)") }
    return settings
  }

  /// Sets one parameter of a layer or of its trigger from text.
  /// - Throws: `UserError` (usage); the layer is then unchanged.
  public static func set(_ key: String, to text: String, in settings: inout LayerSettings) throws {
    func open<T: Trigger>(_ trigger: T) throws {
      var changed = settings
      let name = settings.name
      try set(T.self, key, text, in: &changed) { UserError(.usage, "\(name): \($0)") }
      if let (key, reason) = changed.trigger.convertText(changedFrom: trigger) {
        throw UserError(.usage, "\(key): \(reason)")
      }
      settings = changed
    }
    try open(settings.trigger)
  }

  private static func set<T: Trigger>(
    _ kind: T.Type, _ key: String, _ text: String, in settings: inout LayerSettings,
    _ fail: (String) -> UserError
  ) throws {
    do {
      if let parameter = T.parameters.first(where: { $0.name == key }), var trigger = settings.trigger as? T {
        try parameter.read(text, into: &trigger)
        settings.trigger = trigger
      } else if let parameter = LayerSettings.parameters.first(where: { $0.name == key }) {
        try parameter.read(text, into: &settings)
      } else {
        let known = T.parameters.map(\.name) + LayerSettings.parameters.map(\.name)
        let hint = RenamedWord.hint(for: key, .parameter(trigger: T.name), among: known)
        throw fail("unknown parameter '\(key)' of \(T.name)\(hint)")
      }
    } catch let error as Parameter<T>.ParseError {
      throw fail("\(key): \(error.reason)")
    } catch let error as Parameter<LayerSettings>.ParseError {
      throw fail("\(key): \(error.reason)")
    }
  }

  /// Splits at commas outside double quotes.
  private static func pieces(_ text: String) -> [String] {
    var pieces: [String] = []
    var piece = ""
    var quoted = false
    for character in text {
      if character == "\"" { quoted.toggle() }
      if character == ",", !quoted {
        pieces.append(piece)
        piece = ""
      } else {
        piece.append(character)
      }
    }
    pieces.append(piece)
    return pieces.map(\.trimmingWhitespace).filter { !$0.isEmpty }
  }

  private static func unquoted(_ text: String) -> String {
    text.count > 1 && text.hasPrefix("\"") && text.hasSuffix("\"")
      ? String(text.dropFirst().dropLast()) : text
  }
}

extension String {
  /// The string without leading and trailing white space.
  package var trimmingWhitespace: String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
