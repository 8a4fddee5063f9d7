import Foundation
import TingleFiles
import TingleMix
import TinglePresets
import TingleSupport

/// The JSON form of the provenance, as a file's tag holds it.
extension Provenance {
  /// The version of the JSON form. Readers reject other versions; new keys need no new version.
  static let schema = 1

  /// Reads the provenance of a file from its tags; nil if Tingle did not write the file.
  public init?(_ tags: FileTags) {
    guard let provenance = Self(json: tags.provenance) ?? Self(commentOf010: tags.comment) else { return nil }
    self = provenance
  }

  /// The JSON object, with sorted keys and without whitespace.
  public var json: String {
    let form = Form(
      schema: Self.schema, tingle: version, preset: presetName, purpose: purpose?.rawValue, recipe: recipe,
      command: command, seed: seed, sampleRate: sampleRate, channels: channels, format: container?.rawValue,
      bits: depth?.rawValue, startFrame: startFrame, frames: frames, wholeFrames: trackFrames,
      slice: slice?.text)
    return CompactJSON.text(form)
  }

  /// Parses the JSON object; nil for another schema and for invalid values.
  public init?(json: String) {
    guard let form = try? JSONDecoder().decode(Form.self, from: Data(json.utf8)), form.schema == Self.schema,
      1...2 ~= form.channels, form.sampleRate > 0, form.startFrame >= 0, form.frames ?? 0 >= 0,
      form.wholeFrames ?? 0 >= 0
    else { return nil }
    self.init(
      version: form.tingle, presetName: form.preset, purpose: form.purpose.flatMap { Purpose(rawValue: $0) },
      recipe: form.recipe, command: form.command, seed: form.seed, sampleRate: form.sampleRate,
      channels: form.channels)
    container = form.format.flatMap { FileFormat.Container(rawValue: $0) }
    depth = form.bits.flatMap { FileFormat.Depth(rawValue: $0) }
    (startFrame, frames, trackFrames) = (form.startFrame, form.frames, form.wholeFrames)
    slice = form.slice.flatMap { Slice($0) }
  }

  private struct Form: Codable {
    let schema: Int
    let tingle: String
    let preset: String
    let purpose: String?
    let recipe: String?
    let command: [String]
    let seed: UInt64
    let sampleRate: Int
    let channels: Int
    let format: String?
    let bits: String?
    let startFrame: Int
    let frames: Int?
    let wholeFrames: Int?
    let slice: String?
  }
}
