import TingleDevices

extension Player.Report {
  /// Prints a summary of the playback on stderr.
  func print(sampleRate: Int) {
    var parts = [
      "Played \(Format.clock(Double(playedFrames) / Double(sampleRate)))",
      "\(underruns) underrun\(underruns == 1 ? "" : "s")",
      "peak load \(Int((100 * worstLoad).rounded())) %",
    ]
    if driftPPM != 0 { parts.append("device clock \(driftPPM < 0 ? "" : "+")\(Int(driftPPM.rounded())) ppm") }
    if suspends > 0 { parts.append("resumed from suspend \(times(suspends))") }
    if reconnects > 0 { parts.append("device reconnected \(times(reconnects))") }
    parts.append(hasRealTimePriority ? "real-time priority" : "no real-time priority (`ulimit -r` denies it)")
    Terminal.say(parts.joined(separator: ", ") + ".")
    printUnderruns(advice: "a longer --latency helps")
  }

  /// Prints a warning if there were underruns.
  func printUnderruns(advice: String) {
    guard underruns > 0 else { return }
    Terminal.say("The sound was interrupted \(times(underruns)); \(advice).")
  }

  private func times(_ count: Int) -> String { count == 1 ? "once" : "\(count) times" }
}
