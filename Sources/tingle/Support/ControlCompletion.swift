import Foundation
import TingleLive
import TingleSupport

/// What a shell can complete of a command for a running player: verbs, then layers, presets or triggers.
enum ControlCompletion {
  /// Candidates for a word of a command line.
  @Sendable static func candidates(_ words: [String], _ index: Int, _ prefix: String) -> [String] {
    let before = command(in: words.prefix(index))
    guard let verb = before.first else { return Command.verbs + ["players"] }
    switch (verb, before.count) {
    case ("load", 1): return Shelf.presetNames
    case ("add", 1): return Shelf.triggerNames
    case ("sleep", 1): return ["off"]
    case ("seed", 1): return ["random"]
    case ("status", 1), ("players", 1): return ["--json"]
    case ("learn", 1): return ["level", "pace", "master", "mute"]
    case ("learn", 2): return layers(words)
    case (_, 1) where Command.verbsOfLayers.contains(verb): return layers(words)
    case ("mute", 2), ("solo", 2): return ["on", "off"]
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
  private static func layers(_ words: [String]) -> [String] {
    let name = words.firstIndex(of: "--player").flatMap { $0 + 1 < words.count ? words[$0 + 1] : nil }
    let players = RunningPlayer.all(environment: Environment.variables)
    return players.filter { player in name.map(player.isCalled) ?? true }
      .flatMap { $0.status?.layers.map(\.name) ?? [] }
  }
}
