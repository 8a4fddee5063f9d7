import Foundation
import TingleChart
import TingleDSP
import TingleLearning

/// What `tingle learn` says about a recording and about the texture learned from it.
enum LearningReport {
  /// The faults of a recording, as phrases that follow its name.
  static func warnings(_ faults: RecordingFaults, seconds: Double) -> [String] {
    var warnings: [String] = []
    if faults.clippedShare > 1e-4 {
      warnings.append(
        String(
          format: "is clipped (%.2f %% of the samples); record it at a lower level", 100 * faults.clippedShare
        ))
    }
    if let loop = faults.loopSeconds {
      warnings.append(
        String(format: "repeats after %.1f s; learn one round of it, with --end", loop))
    }
    if let limit = faults.limitHz {
      warnings.append(
        String(
          format:
            "has nothing above %.1f kHz, as after lossy compression; the texture has nothing there, either",
          limit / 1000))
    }
    if !faults.loudSeconds.isEmpty, faults.loudSeconds.count <= 4 {
      let times = faults.loudSeconds.map { String(format: "%.1f s", $0) }.joined(separator: ", ")
      warnings.append(
        "has a single loud sound at \(times), such as a cough or a knock; leave it out with --start and --end"
      )
    }
    if faults.melodyShare > 0.08 {
      warnings.append(
        String(
          format:
            "has a changing pitch in %.0f %% of the time, such as speech or birdsong, which becomes noise",
          100 * faults.melodyShare))
    }
    return warnings
  }

  /// What was found, line by line.
  static func lines(_ result: TextureLearner.Result, _ seconds: Double, isStereo: Bool, bytes: Int)
    -> [String]
  {
    let model = result.model
    let shares = result.octaveShares
    func percent(_ octaves: Range<Int>) -> Int { Int((100 * shares[octaves].reduce(0, +)).rounded()) }
    var lines = [
      String(
        format: "learned from %.1f s, %@: %d numbers, %d kB", seconds, isStereo ? "stereo" : "mono",
        model.numberCount, (bytes + 500) / 1000),
      "\(result.movingBands) of \(TextureBands.count) bands fluctuate more than noise: "
        + "\(percent(0..<4)) % above 12 Hz, \(percent(4..<8)) % from 0.7 to 12 Hz, "
        + "\(percent(8..<12)) % slower",
    ]
    if let events = model.events {
      let first = result.eventSeconds.prefix(6).map { String(format: "%.2f", $0) }.joined(separator: ", ")
      lines.append(
        String(
          format: "%.1f events a second, from %d in the recording (at %@ s ...)", events.ratePerSecond,
          result.eventSeconds.count, first))
    } else {
      lines.append("no separate events: the fluctuation of the bands describes the sound")
    }
    lines.append(
      String(
        format:
          "against the recording: levels within %.1f dB, power of each band within %.1f dB, correlation of "
          + "bands within %.2f", result.levelErrorDB, result.powerErrorDB, result.correlationError))
    if result.peakDB > 30 {
      lines.append(
        "the recording is made of single sounds, such as typing or taps: the texture has their statistics, "
          + "but not their rhythm")
    }
    return lines
  }

  /// The chart of a texture.
  static func chart(of model: TextureModel, _ result: TextureLearner.Result) -> TextureChart {
    let count = TextureModel.quantileCount
    return TextureChart(
      title: model.title,
      subtitle: model.events.map { String(format: "%.1f events a second", $0.ratePerSecond) } ?? "no events",
      spectrum: zip(TextureBands.spectrumHz, model.spectrumDB).map { ($0, $1) },
      levels: (0..<TextureBands.count).map { k in
        (
          TextureBands.edgesHz[k + 1], model.levelsDB[k * count + 2], model.levelsDB[k * count + 5],
          model.levelsDB[k * count + 8]
        )
      },
      octaves: result.octaveShares.enumerated().map { (125 / pow(2, Double($0)), $1) })
  }
}
