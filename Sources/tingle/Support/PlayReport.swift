import TingleAudio

extension Player.Report {
  /// Says how often the sound broke off, if it did.
  func tell(advice: String = "a longer --latency helps") {
    guard underruns > 0 else { return }
    Terminal.say("The sound broke off \(underruns) time\(underruns == 1 ? "" : "s"); \(advice).")
  }
}
