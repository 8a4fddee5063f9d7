extension WhisperScript {
  /// The mean pause between two breath groups of a slot, in seconds.
  package static let meanPauseSeconds = 0.6

  /// The track of consecutive breath groups, with pauses between them.
  /// - Parameter pace: a factor on the speaking rate.
  static func words(
    of speech: Speech, breathGroups: Range<Int>, _ settings: Whisper, _ fatigue: Fatigue, pace: Double = 1,
    dice: inout Dice
  ) -> SegmentTrack {
    var track = SegmentTrack(startSeconds: 0.05)
    for group in breathGroups {
      if group > breathGroups.lowerBound {
        track.pause(settings.speakerTraits.pauseScale * meanPauseSeconds * dice.uniform(0.7...1.3))
      }
      articulate(speech, breathGroup: group, settings, fatigue, pace: pace, into: &track, dice: &dice)
    }
    return track
  }

  /// The typical duration of a breath group including its inhale, in seconds: that of one random realization.
  package static func seconds(of speech: Speech, breathGroup: Int, _ settings: Whisper) -> Double {
    var track = SegmentTrack(startSeconds: 0)
    var dice = Dice(Draws(seed: 0))
    articulate(speech, breathGroup: breathGroup, settings, nil, pace: 1, into: &track, dice: &dice)
    return track.endSeconds
  }

  /// Adds one breath group: inhale -> prosody of each phoneme (level, duration, formants) -> articulation.
  private static func articulate(
    _ speech: Speech, breathGroup: Int, _ settings: Whisper, _ fatigue: Fatigue?,
    pace: Double, into track: inout SegmentTrack, dice: inout Dice
  ) {
    let speaker = settings.speakerTraits
    if dice.chance(speaker.inhaleChance) {
      inhale(
        settings, seconds: dice.uniform(0.45...0.9), addedDB: fatigue?.inhaleDB ?? 0, into: &track,
        dice: &dice)
      track.pause(dice.uniform(0.08...0.2))
    }
    let range = speech.range(ofBreathGroup: breathGroup)
    let articulation = settings.articulation(pace: pace * (fatigue?.pace ?? 1))
    let ending = speech[range.upperBound - 1].boundary
    let lastVowel = range.last { speech[$0].phone.isVowel } ?? range.upperBound
    var wordDB = speaker.wordLevelDB * dice.clippedGaussian()
    for k in range {
      let symbol = speech[k]
      // A consonant that ends one word and begins the next is articulated once.
      if k > range.lowerBound, speech[k - 1].boundary == .word, speech[k - 1].phone == symbol.phone,
        !symbol.phone.isVowel
      {
        continue
      }
      var realization = Articulation.Realization(neighbours: vowels(around: k, speech, range))
      realization.levelDB = wordDB
      let fromEnd = Double(range.upperBound - k)
      if ending == .statement { realization.levelDB -= 1.9 * max(0, 1 - fromEnd / 7) }
      if ending == .question, k >= lastVowel {
        realization.levelDB += 2
        realization.upperFormantScale = 1.05
      }
      if symbol.isLong { (realization.durationScale, realization.closureScale) = (1.4, 1.6) }
      if symbol.phone.isVowel {
        shape(&realization, vowel: k, speech, range, isLast: k == lastVowel)
      } else {
        shape(&realization, consonant: k, speech, range, isFinal: k > lastVowel)
      }
      articulation.articulate(symbol.phone, realization, into: &track, dice: &dice)
      switch symbol.boundary {
      case .none: break
      case .pause: track.pause(dice.uniform(0.25...0.45))
      default: wordDB = speaker.wordLevelDB * dice.clippedGaussian()
      }
    }
  }

  /// The vowels that a phoneme is coarticulated with: the one before it, and itself or the one after it.
  private static func vowels(
    around k: Int, _ speech: Speech, _ range: Range<Int>
  ) -> (before: Phone, after: Phone) {
    let after = range[k...].first { speech[$0].phone.isVowel }
    let before = range[..<k].last { speech[$0].phone.isVowel }
    let own = after ?? before
    return (speech.phone(at: before ?? own), speech.phone(at: after ?? own))
  }

  /// Sets the duration, level and reduction of a vowel from its stress and the phoneme after it.
  ///
  /// Duration rules after D. H. Klatt, JASA 59 (1976) 1208.
  private static func shape(
    _ realization: inout Articulation.Realization, vowel k: Int, _ speech: Speech, _ range: Range<Int>,
    isLast: Bool
  ) {
    switch speech[k].stress {
    case 1: realization.durationScale *= 1.28
    case 2: realization.durationScale *= 0.95
    default:
      realization.durationScale *= 0.76
      realization.levelDB -= 2.8
      realization.undershoot = 0.11
    }
    guard k + 1 < range.upperBound, speech[k].boundary == .none else {
      if isLast { realization.durationScale *= 1.22 }
      return
    }
    let next = speech[k + 1].phone
    let isBeforeVoiceless = next.isObstruent && !next.isVoiced
    if next.isObstruent { realization.durationScale *= isBeforeVoiceless ? 0.75 : isLast ? 1.2 : 1.36 }
    // A short vowel leaves the final consonant its place in the rhythm: it is then recognised more often.
    if isLast { realization.durationScale *= isBeforeVoiceless ? 0.7 : 0.9 }
  }

  /// Sets the allophone of a consonant: the aspiration of stops, flaps, phrase-final lengthening.
  private static func shape(
    _ realization: inout Articulation.Realization, consonant k: Int, _ speech: Speech, _ range: Range<Int>,
    isFinal: Bool
  ) {
    let phone = speech[k].phone
    let isWordInitial = k == range.lowerBound || speech[k - 1].boundary != .none
    var end = k
    while end < range.upperBound, speech[end].boundary == .none, !speech[end].phone.isVowel { end += 1 }
    realization.isCoda = end >= range.upperBound || !speech[end].phone.isVowel
    if isWordInitial {
      realization.levelDB += 1.1
      realization.durationScale *= 1.05
    }
    switch range.first(where: { $0 >= k && speech[$0].phone.isVowel }).map({ speech[$0].stress }) {
    case 1: realization.levelDB -= 0.8
    case 0:
      realization.levelDB += 0.6
      realization.durationScale *= 0.86
    default: break
    }
    let follower = k + 1 < range.upperBound && speech[k].boundary != .pause ? speech[k + 1].phone : nil
    if k > range.lowerBound, speech[k - 1].phone == .s, speech[k - 1].boundary == .none {
      realization.aspirationScale = isFinal ? 0.56 : 0
    } else if let follower {
      if follower.isObstruent { realization.aspirationScale = 0.68 }
      if phone == .t || phone == .d, isFlapped(k, speech, range) {
        (realization.closureScale, realization.aspirationScale, realization.burstDB) = (0.4, 0, -2.5)
      }
    } else {
      realization.aspirationScale = 1.3
      realization.burstDB += 3
    }
    if isFinal {
      if phone.targets.manner == .fricative { realization.durationScale *= 0.95 }
      if phone.targets.manner == .nasal { realization.levelDB += 1.2 }
      realization.isFinal = true
      if phone == .d { realization.burstDB -= 1 }
      if phone == .l || phone == .z || phone == .t { realization.secondFormantScale = 0.9 }
    }
  }

  /// Whether /t/ or /d/ is a flap: between vowels, the second unstressed or word-initial ("water", "get up").
  private static func isFlapped(_ k: Int, _ speech: Speech, _ range: Range<Int>) -> Bool {
    guard k > range.lowerBound, k + 1 < range.upperBound, speech[k - 1].phone.isVowel else { return false }
    let next = speech[k + 1]
    return speech[k - 1].boundary == .none && next.phone.isVowel
      && (next.stress == 0 || speech[k].boundary == .word)
  }
}

extension Speech {
  fileprivate func phone(at index: Int?) -> Phone { index.map { self[$0].phone } ?? .ax }
}
