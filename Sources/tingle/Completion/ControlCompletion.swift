import Foundation
import TingleLive
import TingleMix
import TinglePresets
import TingleSupport

/// What a shell can complete of a command for a running player: verbs, then layers, parameters, presets or triggers.
enum ControlCompletion {
  /// Candidates for a word of a command line.
  /// - Parameter index: the word's place among `words`.
  @Sendable static func candidates(_ words: [String], _ index: Int, _ prefix: String) -> [String] {
    let before = command(in: words.prefix(index))
    guard let verb = before.first else { return Command.verbs + ["players"] }
    switch (verb, before.count) {
    case ("load", 1):
      return PresetContext.presetNames + FileCandidates.files(prefix, extensions: ["yaml", "yml"])
    case ("add", 1): return PresetContext.triggerNames
    case ("sleep", 1): return ["off"]
    case ("seed", 1): return ["random"]
    case ("status", 1), ("players", 1): return ["--json"]
    case ("learn", 1): return Command.verbs
    case ("learn", 2) where Command.verbsOfLayers.contains(before[1]): return layers(words).map(\.name)
    case (_, 1) where Command.verbsOfLayers.contains(verb): return layers(words).map(\.name)
    case ("mute", 2), ("solo", 2): return ["on", "off"]
    case ("place", 2): return PlaceSpec.names
    case ("set", 2): return parameters(ofLayer: before[1], words)
    case ("set", 3) where before[2] == "place": return PlaceSpec.names
    default: return []
    }
  }

  /// The words that are neither the program's name, its verb nor ctl's own options.
  private static func command(in words: some Sequence<String>) -> [String] {
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

  /// The layers of the players that run; of the one that is named, if one is.
  private static func layers(_ words: [String]) -> [Status.Layer] {
    let players = RunningPlayer.all(environment: Environment.variables)
    let name = value(of: "--player", in: words)
    let socket = value(of: "--socket", in: words)
    return players.filter { player in
      name.map(player.isCalled) ?? socket.map { $0 == player.socket } ?? true
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
