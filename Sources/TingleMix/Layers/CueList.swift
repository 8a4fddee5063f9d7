import TingleDSP

/// A score that is a list: the voices of a layer that a script directs.
///
/// It answers the same questions as `Score`, by binary search.
struct CueList: ~Copyable {
  private struct Entry: BitwiseCopyable {
    var frame: Int
    var seconds: Double
    var spanFrames: Int
  }

  private let entries: Buffer<Entry>
  private let draws: Draws
  private let layerDraws: Draws
  private let sampleRate: Double
  /// The longest possible voice in frames, with its last block rounded up.
  let longestFrames: Int
  /// The largest number of voices that can sound at once.
  let mostVoices: Int

  /// - Parameters:
  ///   - voices: the listed voices, or the turns, within which voices follow each other as `timing` states.
  ///   - draws: the draws of the layer.
  init(_ voices: LayerTimetable.Voices, timing: Timing, draws: Draws, sampleRate: Double) {
    let list =
      switch voices {
      case .listed(let list): list
      case .turns(let turns): Self.voices(of: turns, timing, jitter: draws.branch("start"))
      }
    func frames(_ seconds: Double) -> Int { Int((seconds * sampleRate).rounded()) }
    let longest = list.map(\.seconds).max() ?? 0
    longestFrames = Int(((longest + timing.tailSeconds) * sampleRate).rounded(.up)) + Grid.frames
    // Voices overlap at most with those that start within the longest one.
    var (most, first) = (0, 0)
    for (k, voice) in list.enumerated() {
      while frames(voice.startSeconds) - frames(list[first].startSeconds) > longestFrames { first += 1 }
      most = max(most, k - first + 1)
    }
    mostVoices = most + 2
    entries = Buffer(
      list.map {
        Entry(frame: frames($0.startSeconds), seconds: $0.startSeconds, spanFrames: frames($0.seconds))
      })
    self.draws = draws
    layerDraws = draws.branch("layer")
    self.sampleRate = sampleRate
  }

  /// The voices of the turns: the first one of a turn starts with it, the others one slot apart, jittered.
  private static func voices(
    of turns: [LayerRotation.Turn], _ timing: Timing, jitter: Draws
  ) -> [LayerTimetable.ListedVoice] {
    var voices: [LayerTimetable.ListedVoice] = []
    for turn in turns {
      var start = turn.start
      var slot = 1
      while start < turn.end {
        let offset = timing.jitter * jitter.uniform(UInt64(voices.count))
        let next = turn.start + (Double(slot) + offset) * timing.slotSeconds
        voices.append(.init(startSeconds: start, seconds: next - start))
        (start, slot) = (next, slot + 1)
      }
    }
    return voices
  }

  /// The frame at which voice `index` starts; `Int.max` after the last one.
  func startFrame(of index: Int) -> Int { index < entries.count ? entries[index].frame : .max }

  /// The first voice that starts at `frame` or later.
  func firstIndex(from frame: Int) -> Int {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].frame >= frame { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The start parameters of voice `index`.
  func cue(for index: Int) -> Cue {
    let entry = entries[index]
    return Cue(
      index: index, seconds: entry.seconds, spanFrames: entry.spanFrames, draws: draws.branch(index),
      layer: layerDraws, sampleRate: sampleRate)
  }
}

extension LayerSettings {
  /// The random draws of the layer in a mix with a seed.
  package func draws(mixSeed: UInt64) -> Draws { Draws(seed: seed == 0 ? mixSeed : seed).branch(name) }

  /// The cue of a listed voice, for its duration before the mix is prepared; the same as in the mix.
  package func cue(ofListedVoice index: Int, startSeconds: Double, mixSeed: UInt64) -> Cue {
    let draws = draws(mixSeed: mixSeed)
    return Cue(
      index: index, seconds: startSeconds, spanFrames: 0, draws: draws.branch(index),
      layer: draws.branch("layer"), sampleRate: 48000)
  }
}
