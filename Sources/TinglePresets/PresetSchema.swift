import Foundation
import TingleDSP
import TingleMix

/// The JSON Schema of presets, made from the parameter declarations. Editors use it to complete and validate.
public enum PresetSchema {
  /// The schema, as JSON.
  public static func text() throws -> String {
    var layer: [String: Any] = [:]
    var anyLayer: [Any] = []
    for type in Catalogue.triggers {
      let own = trigger(type)
      layer[type.name] = ["anyOf": [own, nothing]]
      anyLayer.append(named(own, trigger: type.name))
    }
    var root = properties(Preset.parameters)
    root["extends"] = ["type": "string", "description": "the preset that this one changes: a name or a path"]
    root["bed"] = ["anyOf": [trigger(Noise.self)] + anyLayer + [nothing]]
    root["layers"] = [
      "type": "object",
      "description": "layers; the key is the name of a trigger, or any name if the layer has the key trigger",
      "properties": layer,
      "additionalProperties": ["anyOf": anyLayer + [nothing]],
    ]
    root["tags"] = [
      "description": "search tags", "anyOf": [["type": "string"], words] as [Any],
    ]
    root["program"] = ["anyOf": [object(properties(LayerRotation.parameters)), scenes, nothing]]
    root["script"] = [
      "type": "string",
      "description": "lines to whisper and directions in brackets; or the path of a .script file, or none",
    ]
    root["master"] = object(properties(Master.parameters))
    var schema = object(root)
    schema["$schema"] = "http://json-schema.org/draft-07/schema#"
    schema["title"] = "Tingle preset"
    let data = try JSONSerialization.data(
      withJSONObject: schema, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
    return String(decoding: data, as: UTF8.self) + "\n"
  }

  /// An empty layer has its trigger's defaults; `none` removes a layer.
  private static var nothing: Any { ["enum": [NSNull(), "none"]] }

  private static var scenes: Any {
    var scene = properties(SceneSettings.parameters)
    scene["layers"] = [
      "anyOf": [["type": "string"], words] as [Any], "description": "the layers that sound",
    ]
    var all = properties(ScheduleSettings.parameters)
    all["scenes"] = ["type": "array", "items": object(scene)]
    return object(all)
  }

  private static var words: Any { ["type": "array", "items": ["type": "string"]] }

  private static func object(_ properties: [String: Any]) -> [String: Any] {
    ["type": "object", "properties": properties, "additionalProperties": false]
  }

  private static func trigger<T: Trigger>(_ type: T.Type) -> [String: Any] {
    var all = properties(T.parameters).merging(properties(LayerSettings.parameters)) { $1 }
    all["trigger"] = ["const": T.name]
    all["place"] = [
      "description": "direction, distance and motion",
      "anyOf": [["type": "string"], place],
    ]
    var schema = object(all)
    schema["description"] = T.summary
    return schema
  }

  private static func named(_ schema: [String: Any], trigger: String) -> [String: Any] {
    schema.merging(["required": ["trigger"]]) { $1 }
  }

  private static var place: [String: Any] {
    var all = properties(SourcePosition.parameters)
    all["path"] = ["type": "array", "items": object(properties(SourcePosition.Path.Waypoint.parameters))]
    return object(all)
  }

  private static func properties<Root>(_ parameters: [Parameter<Root>]) -> [String: Any] {
    Dictionary(uniqueKeysWithValues: parameters.map { ($0.name, value($0)) })
  }

  private static func value<Root>(_ parameter: Parameter<Root>) -> [String: Any] {
    let about = ["description": "\(parameter.summary) (\(parameter.accepts))"]
    let kind: [String: Any] =
      switch parameter.kind {
      case .number(let range, .none, _):
        ["type": ["number", "string"], "minimum": range.lowerBound, "maximum": range.upperBound]
      case .number: ["type": "string"]
      case .whole(let range) where range.upperBound < 1 << 53:
        ["type": "integer", "minimum": range.lowerBound, "maximum": range.upperBound]
      case .whole: ["type": "integer", "minimum": 0]
      case .choice(let words): ["enum": words]
      case .text(let limit, _): ["type": "string", "maxLength": limit]
      }
    return kind.merging(about) { $1 }
  }
}
