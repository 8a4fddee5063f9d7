import Foundation
import Measure
import Testing
import TingleDSP
import TingleFiles
import TingleMetering
import TingleMix
import TinglePresets

@Suite("Built-in presets")
struct BuiltInPresetTests {
  static let library = PresetLibrary(environment: [:], executable: nil)
  static let names = library.entries().map(\.name)

  private static let head = SOFAFile.standard()

  /// A preset with HRTF and loudness gain. A third of the usual excerpts gives the gain within half a
  /// decibel.
  private func levelled(_ name: String) throws -> Preset {
    var preset = try Self.library.preset(name)
    preset.mix.head = Self.head
    preset.mix = LoudnessTarget.levelled(preset.mix, jobs: 2, excerpts: LoudnessTarget.excerpts / 3)
    return preset
  }

  /// The excerpt contains neither start nor end, so the fade times are taken from the preset.
  @Test(
    "each meets the targets of `tingle check` for its purpose, in an excerpt of 100 s",
    arguments: names)
  func passes(name: String) throws {
    let preset = try levelled(name)
    let targets = preset.purpose.targets
    let trackFrames = preset.mix.durationFrames(sampleRate: 48000)
    let isShort = preset.mix.durationSeconds < 200
    let start = isShort ? 0 : trackFrames / 12 + 30 * 48000
    let check = SoundCheck(sampleRate: 48000, floorDB: targets.floorDB)
    let frames = start..<min(trackFrames, isShort ? trackFrames : start + 100 * 48000)
    try Timeline(preset.mix, sampleRate: 48000, frames: frames, jobs: 2).render {
      check.add(UnsafeBufferPointer($0))
    }
    for (figure, value) in check.metrics {
      guard let range = targets.ranges[figure], isShort || ![.entrance, .exit].contains(figure) else {
        continue
      }
      // Loudness and balance of an excerpt differ from those of the track.
      let tolerance = figure == .integrated ? 2.5 : figure == .balance ? 1 : 0.05
      #expect(
        (range.lowerBound - tolerance...range.upperBound + tolerance).contains(value),
        "\(figure.title): \(value) \(figure.unit)")
    }
    let (entrance, exit) = preset.purpose == .sleep ? (8.0, 50.0) : (2, 8)
    #expect(preset.mix.master.fadeInSeconds >= entrance && preset.mix.master.fadeOutSeconds >= exit)
  }

  @Test("each has a title, a description and tags, and makes no health claims", arguments: names)
  func described(name: String) throws {
    let preset = try Self.library.preset(name)
    #expect(preset.title != name && preset.about.hasSuffix(".") && !preset.tags.isEmpty)
    let words = (preset.title + " " + preset.about).lowercased()
    for promise in ["cure", "heal", "therap", "improve", "guarantee", "medical", "treat", "insomnia"] {
      #expect(!words.contains(promise))
    }
  }

  @Test("every trigger is a tag of at least one preset")
  func families() throws {
    let tags = try Set(Self.names.flatMap { try Self.library.preset($0).tags })
    for type in Catalogue.triggers { #expect(tags.contains(type.name), "\(type.name)") }
  }

  @Test("the loudness of 'sleep' never rises by 0.1 LU after the first half hour, and falls by 1.5 to 5 LU")
  func onlyFalls() throws {
    let night = try levelled("sleep").mix
    let minutes: [Double] = [30, 38, 45, 60, 120, 200, 300, 400, 475]
    let levels = minutes.map { minute in
      let meter = LoudnessMeter(sampleRate: 48000, expectedFrames: 30 * 48000)
      let frames = Rendering.frames(night, from: Int(minute * 60 * 48000), count: 30 * 48000)
      frames.withUnsafeBufferPointer { meter.add($0) }
      return meter.measurement.integratedLUFS
    }
    for (before, after) in zip(levels, levels.dropFirst()) { #expect(after < before + 0.1) }
    #expect((1.5...5).contains(levels.first! - levels.last!))
  }
}
