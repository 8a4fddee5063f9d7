/// Composes the segment track of one whisper voice: nonsense syllables, a breath, or hushing.
package enum WhisperScript {
  /// A phrase of nonsense syllables after an inhale, with a short pause before the next phrase.
  static func nonsense(
    _ settings: Whisper, _ articulation: Articulation, spanSeconds: Double, dice: inout Dice
  ) -> SegmentTrack {
    var track = SegmentTrack(startSeconds: 0.05 + dice.uniform(0...0.3))
    inhale(settings, seconds: dice.uniform(0.5...0.9), into: &track, dice: &dice)
    track.pause(dice.uniform(0.08...0.25))
    var articulation = articulation
    // Babble is relaxed: its constrictions are less tight.
    articulation.breathDB = 10
    let phraseDB = 1.5 * dice.clippedGaussian()
    let end = spanSeconds - dice.uniform(0.3...0.8)
    for k in 0..<40 where track.endSeconds < end {
      let stressed = k == 0 || dice.chance(0.35)
      let (onset, vowel, coda) = syllable(stressed: stressed, dice: &dice)
      let levelDB = phraseDB - 0.25 * Double(min(k, 12)) + dice.clippedGaussian()
      articulation.articulate(
        onset, with: vowel, stressed: stressed, levelDB: levelDB, into: &track, dice: &dice)
      articulation.articulate(
        vowel, with: vowel, stressed: stressed, levelDB: levelDB, into: &track, dice: &dice)
      if let coda {
        articulation.articulate(
          coda, with: vowel, stressed: false, levelDB: levelDB - 3, into: &track, dice: &dice)
      }
    }
    return track
  }

  /// One slow breath: inhale, then exhale.
  static func breath(_ settings: Whisper, spanSeconds: Double, dice: inout Dice) -> SegmentTrack {
    var track = SegmentTrack(startSeconds: 0.1)
    let breathSeconds = spanSeconds - 0.7
    inhale(
      settings, levelDB: -8, seconds: 0.36 * breathSeconds * dice.uniform(0.85...1.15), into: &track,
      dice: &dice)
    track.pause(0.06 * breathSeconds)
    var exhale = SegmentTrack.Segment()
    exhale.source = .exhale
    exhale.breathVariant = dice.choose(4)
    exhale.seconds = max(0.3, 0.97 * breathSeconds - track.endSeconds)
    exhale.frication = Maths.amplitude(dB: -2 + dice.clippedGaussian())
    (exhale.riseSeconds, exhale.fallSeconds, exhale.releaseSeconds) = (0.12, 0.3, 0.75 * exhale.seconds)
    track.append(exhale)
    return track
  }

  /// One or two long "shh", or a repeated "sk", "tk" or "tuk".
  static func shush(
    _ settings: Whisper, _ articulation: Articulation, spanSeconds: Double, dice: inout Dice
  ) -> SegmentTrack {
    var track = SegmentTrack(startSeconds: dice.uniform(0.05...0.5))
    let fricationDB = settings.profile.fricationDB
    if dice.chance(0.4) {
      for _ in 0..<dice.whole(1...2) where track.endSeconds < spanSeconds - 1.6 {
        var hush = SegmentTrack.Segment()
        hush.source = .postalveolar
        hush.seconds = dice.uniform(0.7...1.2)
        hush.frication = Maths.amplitude(dB: 1 + fricationDB + dice.gaussian())
        (hush.riseSeconds, hush.fallSeconds, hush.releaseSeconds) = (0.07, 0.12, 0.35)
        track.append(hush)
        track.pause(dice.uniform(0.5...0.8))
      }
      return track
    }
    let (first, last): (Phone, Phone) = dice.chance(0.35) ? (.s, .k) : (.t, .k)
    // A vowel turns "tk" into "tuk".
    let hasVowel = first == .t && dice.chance(0.5)
    let period = dice.uniform(0.34...0.52) + (hasVowel ? 0.1 : 0)
    for _ in 0..<8 where track.endSeconds < spanSeconds - 0.6 {
      let start = track.endSeconds
      let levelDB = dice.clippedGaussian()
      articulation.articulate(
        first, with: hasVowel ? .ah : .ih, stressed: false, levelDB: levelDB, into: &track, dice: &dice)
      if hasVowel {
        articulation.articulate(
          .ah, with: .ah, stressed: false, levelDB: levelDB - 4, into: &track, dice: &dice)
      }
      articulation.articulate(last, with: .ah, stressed: false, levelDB: levelDB, into: &track, dice: &dice)
      track.pause(max(0.03, period + 0.02 * dice.gaussian() - (track.endSeconds - start)))
    }
    return track
  }

  /// Adds an audible inhale, unless its level is at the bottom of its range.
  /// - Parameter ownDB: the level of the inhale, if it is not that of the settings.
  static func inhale(
    _ settings: Whisper, levelDB ownDB: Double? = nil, seconds: Double, addedDB: Double = 0,
    into track: inout SegmentTrack,
    dice: inout Dice
  ) {
    let inhaleDB = ownDB ?? settings.inhaleDB
    guard inhaleDB > -59 else { return }
    let speaker = settings.speakerTraits
    var breath = SegmentTrack.Segment()
    let way = dice.uniform()
    breath.source =
      way < speaker.inhaleShares.x
      ? .inhale : way < speaker.inhaleShares.x + speaker.inhaleShares.y ? .inhaleNose : .inhaleTeeth
    breath.breathVariant = dice.choose(4)
    let levelDB = inhaleDB + speaker.inhaleDB + addedDB + 1.5 * dice.clippedGaussian()
    // The air flow of a breath rises, wavers and falls: an onset, a body and an end of random lengths.
    let (onset, end) = (dice.uniform(0.2...0.45), dice.uniform(0.15...0.3))
    let parts = SIMD3(onset, 1 - onset - end, end)
    let partsDB = SIMD3(-3.0, 0, -5)
    for k in 0..<3 {
      breath.seconds = parts[k] * seconds
      breath.frication = Maths.amplitude(dB: levelDB + partsDB[k] + 1.2 * dice.clippedGaussian())
      (breath.riseSeconds, breath.fallSeconds) = (0.14 * seconds, 0.09 * seconds)
      breath.releaseSeconds = k == 2 ? 0.8 * breath.seconds : 0
      track.append(breath)
    }
  }

  /// A random syllable that is not an English word.
  ///
  /// English words hardly ever end in a lax vowel, or in /ʊ/ before one of these final consonants.
  package static func syllable(
    stressed: Bool, dice: inout Dice
  ) -> (onset: Phone, vowel: Phone, coda: Phone?) {
    let onset = onset(dice.uniform())
    guard dice.chance(0.4) else {
      return (onset, pick(dice.uniform(), stressed ? (.ih, .eh, .ah, .uh) : (.ax, .ax, .ih, .uh)), nil)
    }
    return (onset, .uh, pick(dice.uniform(), (.n, .s, .th, .f)))
  }

  private static func onset(_ u: Double) -> Phone {
    switch Int(u * 15) {
    case 0, 1: .s
    case 2: .sh
    case 3: .t
    case 4: .k
    case 5: .p
    case 6: .b
    case 7: .d
    case 8: .m
    case 9: .l
    case 10: .w
    case 11: .th
    case 12: .f
    case 13: .hh
    default: .ch
    }
  }

  private static func pick(_ u: Double, _ four: (Phone, Phone, Phone, Phone)) -> Phone {
    switch Int(u * 4) {
    case 0: four.0
    case 1: four.1
    case 2: four.2
    default: four.3
    }
  }
}
