import Foundation
import Measure
import Testing
import TingleDSP
import TingleFiles
import TingleMetering
import TingleMix
import TinglePresets

@Suite("The presets on the shelf")
struct ShelfTests {
  static let library = PresetLibrary(environment: [:], executable: nil)
  static let names = library.entries().map(\.name)

  private static let head = SOFAFile.standard()

  /// A preset as it is heard, at its loudness, give or take half a decibel: that is what a third of the usual excerpts leave.
  private func heard(_ name: String) throws -> Preset {
    var preset = try Self.library.preset(name)
    preset.mix.head = Self.head
    preset.mix = LoudnessTarget.levelled(preset.mix, jobs: 2, excerpts: LoudnessTarget.excerpts / 3)
    return preset
  }

  /// Entrance and exit are in no sample of the middle: they are the preset's own.
  @Test(
    "each passes what `tingle check` asks of its kind, in a sample of two and a half minutes",
    arguments: names)
  func passes(name: String) throws {
    let preset = try heard(name)
    let targets = preset.purpose.targets
    let whole = preset.mix.durationFrames(sampleRate: 48000)
    let isShort = preset.mix.durationSeconds < 200
    let start = isShort ? 0 : whole / 12 + 30 * 48000
    let check = SoundCheck(sampleRate: 48000, floorDB: targets.floorDB)
    let frames = start..<min(whole, isShort ? whole : start + 150 * 48000)
    try Timeline(preset.mix, sampleRate: 48000, frames: frames, jobs: 2).render {
      check.add(UnsafeBufferPointer($0))
    }
    for (figure, value) in check.metrics {
      guard let range = targets.ranges[figure], isShort || ![.entrance, .exit].contains(figure) else {
        continue
      }
      // A part of a track is as loud as the whole, and as evenly spread, only about so.
      let slack = figure == .integrated ? 2.5 : figure == .balance ? 1 : 0.05
      #expect(
        (range.lowerBound - slack...range.upperBound + slack).contains(value),
        "\(figure.title): \(value) \(figure.unit)")
    }
    let (entrance, exit) = preset.purpose == .sleep ? (8.0, 50.0) : (2, 8)
    #expect(preset.mix.master.fadeInSeconds >= entrance && preset.mix.master.fadeOutSeconds >= exit)
  }

  @Test("each says what it is, has tags, and promises nothing", arguments: names)
  func described(name: String) throws {
    let preset = try Self.library.preset(name)
    #expect(preset.title != name && preset.about.hasSuffix(".") && !preset.tags.isEmpty)
    let words = (preset.title + " " + preset.about).lowercased()
    for promise in ["cure", "heal", "therap", "improve", "guarantee", "medical", "treat", "insomnia"] {
      #expect(!words.contains(promise))
    }
  }

  @Test("every trigger has a preset that is named for it among its tags")
  func families() throws {
    let tags = try Set(Self.names.flatMap { try Self.library.preset($0).tags })
    for type in Catalogue.triggers { #expect(tags.contains(type.name), "\(type.name)") }
  }

  @Test("eight hours of sleep only ever grow quieter after the first half hour")
  func onlyFalls() throws {
    let night = try heard("sleep").mix
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
