import TingleScripts
import TingleSupport
import Yams

extension PresetParser {
  /// Reads `script`: the text itself, the path of a file that ends in `.script`, or `none`.
  func script(_ node: Node, into preset: inout Preset) throws {
    let text = try yaml.scalar(node, "script")
    let isOneLine = !text.contains(where: \.isNewline)
    if isOneLine, Quantity.isNegation(text) || text == "none" {
      return try preset.setScript(nil, from: ScriptOrigin(file: yaml.file))
    }
    guard isOneLine, text.hasSuffix(PresetScript.fileExtension), !text.contains("[") else {
      return try preset.setScript(text, from: origin(of: node))
    }
    let path = text.hasPrefix("/") ? text : FileSystem.path(text, in: FileSystem.folder(of: yaml.file))
    do { try preset.setScript(ScriptFile.text(at: path), from: ScriptOrigin(file: path)) } catch let error
      as UserError where error.location == nil
    { throw yaml.error(node, "script: \(error.message)") }
  }

  /// Where the text of a script in the preset begins.
  private func origin(of node: Node) -> ScriptOrigin {
    let location = yaml.location(of: node)
    guard case .scalar(let scalar) = node, scalar.style == .literal || scalar.style == .folded else {
      return ScriptOrigin(
        file: yaml.file, linesBefore: location.line - 1, indentation: location.column - 1)
    }
    return ScriptOrigin(
      file: yaml.file, linesBefore: location.line, indentation: indentation(after: location.line))
  }
}

/// Reads files with scripts.
public enum ScriptFile {
  /// Reads a script.
  /// - Parameter path: a path, or `-` for standard input.
  /// - Throws: `UserError` (noInput, data).
  public static func text(at path: String) throws -> String {
    let most = PresetScript.mostBytes + 1
    let data =
      try path == "-" ? InputFile.standardInput(maxBytes: most) : InputFile.contents(path, maxBytes: most)
    do { return try TextEncoding.text(data) } catch {
      throw UserError(error, in: path == "-" ? "<stdin>" : path)
    }
  }
}
