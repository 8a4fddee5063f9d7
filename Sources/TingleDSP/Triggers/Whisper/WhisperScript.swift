/// What is whispered in one breath, made up on the spot.
package enum WhisperScript {
  /// Soft syllables that are not words: lax vowels, one consonant before, now and then one after.
  static func nonsense(
    _ settings: Whisper, _ articulation: Articulation, spanSeconds: Double, dice: inout Dice
  ) -> Utterance {
    var utterance = Utterance(startSeconds: 0.05 + dice.uniform(0...0.3))
    inhale(settings, seconds: dice.uniform(0.5...0.9), into: &utterance, dice: &dice)
    utterance.pause(dice.uniform(0.08...0.25))
    let phraseDB = 1.5 * dice.clippedGaussian()
    let count = dice.whole(5...14)
    for k in 0..<count where utterance.endSeconds < spanSeconds - 0.7 {
      let stressed = k == 0 || dice.chance(0.35)
      let (onset, vowel, coda) = syllable(stressed: stressed, dice: &dice)
      let levelDB = phraseDB - 0.4 * Double(k) + dice.clippedGaussian()
      articulation.say(
        onset, with: vowel, stressed: stressed, levelDB: levelDB, into: &utterance, dice: &dice)
      articulation.say(
        vowel, with: vowel, stressed: stressed, levelDB: levelDB, into: &utterance, dice: &dice)
      if let coda {
        articulation.say(
          coda, with: vowel, stressed: false, levelDB: levelDB - 3, into: &utterance, dice: &dice)
      }
    }
    return utterance
  }

  /// One slow breath, in and out.
  static func breath(_ settings: Whisper, spanSeconds: Double, dice: inout Dice) -> Utterance {
    var utterance = Utterance(startSeconds: 0.1)
    var louder = settings
    louder.inhaleDB = -4
    let whole = spanSeconds - 0.7
    inhale(louder, seconds: 0.36 * whole * dice.uniform(0.9...1.1), into: &utterance, dice: &dice)
    utterance.pause(0.06 * whole)
    var out = Utterance.Segment()
    out.kind = .exhale
    out.seconds = max(0.3, 0.97 * whole - utterance.endSeconds)
    out.hiss = Maths.amplitude(dB: -2 + dice.clippedGaussian())
    (out.riseSeconds, out.fallSeconds, out.tailSeconds) = (0.12, 0.3, 0.75 * out.seconds)
    utterance.add(out)
    return utterance
  }

  /// "Shh", or a run of "sk", "tk" or "tuk".
  static func shush(
    _ settings: Whisper, _ articulation: Articulation, spanSeconds: Double, dice: inout Dice
  ) -> Utterance {
    var utterance = Utterance(startSeconds: dice.uniform(0.05...0.5))
    let hissDB = settings.make.hissDB
    if dice.chance(0.4) {
      for _ in 0..<dice.whole(1...2) where utterance.endSeconds < spanSeconds - 1.6 {
        var hush = Utterance.Segment()
        hush.kind = .palate
        hush.seconds = dice.uniform(0.7...1.2)
        hush.hiss = Maths.amplitude(dB: 1 + hissDB + dice.gaussian())
        (hush.riseSeconds, hush.fallSeconds, hush.tailSeconds) = (0.07, 0.12, 0.35)
        utterance.add(hush)
        utterance.pause(dice.uniform(0.5...0.8))
      }
      return utterance
    }
    let (first, last): (Phone, Phone) = dice.chance(0.35) ? (.s, .k) : (.t, .k)
    // "Tuk" has a vowel, which "tk" has not.
    let hasVowel = first == .t && dice.chance(0.5)
    let period = dice.uniform(0.34...0.52) + (hasVowel ? 0.1 : 0)
    for _ in 0..<8 where utterance.endSeconds < spanSeconds - 0.6 {
      let began = utterance.endSeconds
      let levelDB = dice.clippedGaussian()
      articulation.say(
        first, with: hasVowel ? .ah : .ih, stressed: false, levelDB: levelDB, into: &utterance, dice: &dice)
      if hasVowel {
        articulation.say(.ah, with: .ah, stressed: false, levelDB: levelDB - 4, into: &utterance, dice: &dice)
      }
      articulation.say(last, with: .ah, stressed: false, levelDB: levelDB, into: &utterance, dice: &dice)
      utterance.pause(max(0.03, period + 0.02 * dice.gaussian() - (utterance.endSeconds - began)))
    }
    return utterance
  }

  static func inhale(
    _ settings: Whisper, seconds: Double, into utterance: inout Utterance, dice: inout Dice
  ) {
    guard settings.inhaleDB > -59 else { return }
    var breath = Utterance.Segment()
    breath.kind = .inhale
    breath.seconds = seconds
    breath.hiss = Maths.amplitude(dB: settings.inhaleDB + dice.clippedGaussian())
    (breath.riseSeconds, breath.fallSeconds, breath.tailSeconds) = (
      0.25 * seconds, 0.09 * seconds, 0.3 * seconds
    )
    utterance.add(breath)
  }

  /// A syllable that is no word: lax vowels end none, and before a consonant there are next to none with /ʊ/ but those in k.
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
