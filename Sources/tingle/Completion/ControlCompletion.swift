import Foundation
import TingleLive
import TingleMix
import TinglePresets
import TingleSupport

/// Shell completion for `tingle ctl`: names of live commands, then values by the kinds of their arguments.
enum ControlCompletion {
  /// Candidates for a word of a command line.
  /// - Parameter index: the index of the word in `words`.
  @Sendable static func candidates(_ words: [String], _ index: Int, _ prefix: String) -> [String] {
    let given = commandWords(in: words.prefix(index))
    guard given.first != "players" else { return given.count == 1 ? ["--json"] : [] }
    return candidates(given, words, prefix) + (given.isEmpty ? ["players"] : [])
  }

  /// - Parameter given: the words of the live command before the cursor.
  private static func candidates(_ given: [String], _ words: [String], _ prefix: String) -> [String] {
    guard let name = given.first else { return LiveCommand.Definition.names }
    guard let definition = LiveCommand.Definition.named(name) else { return [] }
    if definition.arguments == [.command] { return candidates(Array(given.dropFirst()), words, prefix) }
    guard definition.arguments.indices.contains(given.count - 1) else { return [] }
    switch definition.arguments[given.count - 1] {
    case .layer: return layers(words).map(\.name)
    case .key: return parameters(ofLayer: given[1], words)
    case .value(let key): return (key ?? given.last) == "place" ? PlaceSpec.names : []
    case .onOff: return ["on", "off"]
    case .layerSpec: return PresetContext.triggerNames
    case .seed: return ["random"]
    case .timeOrOff: return ["off"]
    case .preset:
      return PresetContext.presetNames + FileCandidates.files(prefix, extensions: ["yaml", "yml"])
    case .json: return ["--json"]
    case .line: return ["line"]
    case .level, .time, .name, .command: return []
    }
  }

  /// The words of the live command, without the options of `ctl`.
  private static func commandWords(in words: some Sequence<String>) -> [String] {
    var (command, isValue) = ([String](), false)
    for word in words.drop(while: { $0 != "ctl" }).dropFirst() {
      if isValue {
        isValue = false
      } else if ["--player", "--socket"].contains(word) {
        isValue = true
      } else if !word.hasPrefix("--") {
        command.append(word)
      }
    }
    return command
  }

  /// The layers of all running players, or of the one that --player or --socket selects.
  private static func layers(_ words: [String]) -> [Status.Layer] {
    let players = RunningPlayer.all(environment: Environment.variables)
    let name = value(of: "--player", in: words)
    let socket = value(of: "--socket", in: words)
    return players.filter { player in
      name.map(player.matches) ?? socket.map { $0 == player.socket } ?? true
    }
    .flatMap { $0.status?.layers ?? [] }
  }

  private static func value(of option: String, in words: [String]) -> String? {
    if let k = words.firstIndex(of: option), k + 1 < words.count { return words[k + 1] }
    return words.first { $0.hasPrefix(option + "=") }.map { String($0.dropFirst(option.count + 1)) }
  }

  private static func parameters(ofLayer name: String, _ words: [String]) -> [String] {
    layers(words).first { $0.name == name }.map { PresetContext.parameterNames(ofTrigger: $0.trigger) } ?? []
  }
}
