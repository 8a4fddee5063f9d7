/// One person who whispers: the differences between speakers, drawn from the number of the speaker.
///
/// Speaker 0 has the voice of `WhisperCharacter` without changes.
struct WhisperSpeaker: Sendable {
  /// A factor on all formants; above 1 for a shorter vocal tract.
  var formantScale = 1.0
  /// Added to the spectral tilt of aspiration, in decibels per octave.
  var tiltDBPerOctave = 0.0
  /// Added to the level of all frication and bursts, in decibels.
  var fricationDB = 0.0
  /// A factor on the centre frequencies of frication: the size of the cavity before the constriction.
  var fricationScale = 1.0
  /// A factor on the speaking rate.
  var pace = 1.0
  /// A factor on the duration of pauses between phrases.
  var pauseScale = 1.0
  /// The probability of an audible inhale before a phrase.
  var inhaleChance = 0.67
  /// Added to the level of inhales, in decibels.
  var inhaleDB = 0.0
  /// How often the speaker inhales through the mouth, the nose and the teeth; the sum is 1.
  var inhaleShares = SIMD3(0.55, 0.35, 0.1)
  /// The standard deviation of the level from word to word, in decibels.
  var wordLevelDB = 1.2

  /// Draws a speaker.
  /// - Parameter number: the number of the speaker; 0 for the voice without changes.
  init(_ number: Int) {
    guard number > 0 else { return }
    var dice = Dice(Draws(seed: UInt64(number)).branch("speaker"))
    formantScale = Maths.exp(0.03 * dice.clippedGaussian())
    tiltDBPerOctave = 0.4 * dice.clippedGaussian()
    fricationDB = 0.8 * dice.clippedGaussian()
    fricationScale = Maths.exp(0.04 * dice.clippedGaussian())
    pace = Maths.exp(0.05 * dice.clippedGaussian())
    pauseScale = Maths.exp(0.2 * dice.clippedGaussian())
    inhaleChance = dice.uniform(0.45...0.9)
    inhaleDB = 2 * dice.clippedGaussian()
    let shares = SIMD3(dice.uniform(0.1...1), dice.uniform(0.05...1), dice.uniform(0.05...0.4))
    inhaleShares = shares / (shares.x + shares.y + shares.z)
    wordLevelDB = dice.uniform(0.9...1.5)
  }
}
