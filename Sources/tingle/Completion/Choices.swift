import ArgumentParser
import TingleDevices
import TingleFiles
import TingleLive
import TingleMix
import TinglePresets
import TingleSupport

/// Completion kinds for arguments with named values, of fixed sets or of what the machine has.
enum Choices {
  /// Preset names, and paths of YAML files.
  static let presets = CompletionKind.custom { _, _, word in
    PresetContext.presetNames + FileCandidates.files(word, extensions: ["yaml", "yml"])
  }

  /// Preset names, and paths of any files.
  static let presetsAndFiles = CompletionKind.custom { _, _, word in
    PresetContext.presetNames + FileCandidates.files(word)
  }

  static let triggers = CompletionKind.custom { _, _, _ in PresetContext.triggerNames }

  /// The values of `--room`.
  static let roomNames = ["none"] + RoomSize.allCases.map(\.rawValue)
  static let rooms = CompletionKind.list(roomNames)

  /// The sample rates for rendering.
  static let rateValues = [44100, 48000, 88200, 96000]
  static let rates = CompletionKind.list(rateValues.map(String.init))

  static let channels = CompletionKind.list(["1", "2"])

  static let seeds = CompletionKind.list(["random"])

  /// One format, or several separated by commas.
  static let formats = CompletionKind.custom { _, _, word in
    let prefix = word.lastIndex(of: ",").map { word[...$0] } ?? ""
    let given = prefix.split(separator: ",").map(String.init)
    return FileFormat.Container.allCases.map(\.rawValue).filter { !given.contains($0) }.map { prefix + $0 }
  }

  static let devices = CompletionKind.custom { _, _, _ in PCMDescription.all().map(\.name) }

  static let midiDevices = CompletionKind.custom { _, _, _ in ["all"] + MIDIInput.deviceNames() }

  static let languages = CompletionKind.custom { _, _, _ in Languages.known() }

  static let places = CompletionKind.list(PlaceSpec.names)

  /// The values of `presets --tag`: tags and purposes.
  static let tags = CompletionKind.custom { _, _, _ in
    let presets = PresetContext.library.entries().compactMap { try? PresetContext.library.preset($0.path) }
    return Set(presets.flatMap(\.tags) + Purpose.allCases.map(\.rawValue)).sorted()
  }

  /// The numbers and presets of the running players.
  static let players = CompletionKind.custom { _, _, _ in
    RunningPlayer.all(environment: Environment.variables)
      .flatMap { ["\($0.number)"] + ($0.status.map { [$0.preset] } ?? []) }
  }
}
