import Foundation
import TingleDevices

extension Player.Report {
  /// Says in a line how it went.
  func tell(sampleRate: Int) {
    var parts = [
      "Played \(Format.clock(Double(playedFrames) / Double(sampleRate)))",
      "\(underruns) underrun\(underruns == 1 ? "" : "s")",
      String(format: "%.0f %% of the time to render at worst", 100 * worstLoad),
    ]
    if driftPPM != 0 { parts.append(String(format: "the device's clock %+.0f ppm", driftPPM)) }
    if suspends > 0 { parts.append("woke \(suspends) time\(suspends == 1 ? "" : "s")") }
    if reconnects > 0 { parts.append("the device came back \(reconnects) time\(reconnects == 1 ? "" : "s")") }
    parts.append(hasRealTimePriority ? "fixed priority" : "no fixed priority (`ulimit -r` allows none)")
    Terminal.say(parts.joined(separator: ", ") + ".")
    tellUnderruns(advice: "a longer --latency helps")
  }

  /// Says how often the sound broke off, if it did.
  func tellUnderruns(advice: String) {
    guard underruns > 0 else { return }
    Terminal.say("The sound broke off \(underruns) time\(underruns == 1 ? "" : "s"); \(advice).")
  }
}
