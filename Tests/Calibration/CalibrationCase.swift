import TingleDSP

/// A calibrated setting of a trigger: its defaults, or one value of a choice.
public struct CalibrationCase: Sendable, CustomStringConvertible {
  /// The trigger with the setting.
  public let trigger: any Trigger
  /// The setting as a preset writes it; empty for the default.
  public let setting: String

  /// The trigger's name and the setting.
  public var description: String {
    let name = type(of: trigger).name
    return setting.isEmpty ? name : "\(name) \(setting)"
  }

  /// Every trigger of the catalogue with its defaults, then with each value of its choices and named numbers.
  /// A value that two parameters of a trigger share, such as a second surface, is listed once.
  public static let all = Catalogue.triggers.flatMap { cases($0) }

  private static func cases<T: Trigger>(_ type: T.Type) -> [CalibrationCase] {
    var listed = Set<String>()
    let varied = T.parameters.flatMap { parameter in
      words(of: parameter.kind).compactMap { word, value -> CalibrationCase? in
        var trigger = T()
        guard listed.insert(word).inserted, parameter.get(trigger) != value else { return nil }
        parameter.set(&trigger, value)
        return CalibrationCase(trigger: trigger, setting: "\(parameter.name): \(word)")
      }
    }
    return [CalibrationCase(trigger: T(), setting: "")] + varied
  }

  private static func words(of kind: ParameterKind) -> [(String, ParameterValue)] {
    switch kind {
    case .choice(let words): words.map { ($0, .word($0)) }
    case .number(_, _, let names): names.map { ($0.word, $0.value) }
    case .whole, .text: []
    }
  }
}
