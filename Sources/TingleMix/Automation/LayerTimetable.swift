import TingleDSP

/// The timetable of one layer that a script directs: when it sounds, and where. Pure data; a layer without
/// one sounds all the time.
package struct LayerTimetable: Sendable {
  /// When the voices of the layer start.
  package enum Voices: Sendable, Equatable {
    /// Each voice is listed.
    case listed([ListedVoice])
    /// The layer plays in these turns, in time order; the first voice of a turn starts with it.
    case turns([LayerRotation.Turn])
  }

  /// A listed voice.
  package struct ListedVoice: Sendable, Equatable, BitwiseCopyable {
    /// The start in seconds of the mix.
    package var startSeconds: Double
    /// The length in seconds.
    package var seconds: Double

    package init(startSeconds: Double, seconds: Double) {
      (self.startSeconds, self.seconds) = (startSeconds, seconds)
    }
  }

  package var voices: Voices
  /// The lines that the voices of a whisper say.
  package var lines: WhisperLines?
  /// The motion of the source after its place at the start, in time order; moves do not overlap.
  package var moves: [SourceTrajectory.Move] = []

  /// The length of the fades within a turn, in seconds.
  package static let fadeSeconds = 1.5

  package init(_ voices: Voices) { self.voices = voices }

  /// The turns; nil if the voices are listed, which needs no fades.
  var turns: [LayerRotation.Turn]? {
    if case .turns(let turns) = voices { turns } else { nil }
  }
}
