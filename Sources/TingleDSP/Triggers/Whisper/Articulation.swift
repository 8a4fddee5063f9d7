/// Puts phones into an utterance: durations, levels, coarticulation.
struct Articulation: Sendable {
  let character: WhisperCharacter
  /// Longer than 1 is slower.
  var slowness = 1.0

  /// Says a phone.
  /// - Parameters:
  ///   - vowel: the vowel that its neighbours are said with, which pulls the formants of consonants.
  ///   - stressed: longer and louder.
  ///   - levelDB: added to everything.
  func say(
    _ phone: Phone, with vowel: Phone, stressed: Bool, levelDB: Double, into utterance: inout Utterance,
    dice: inout Dice
  ) {
    let figures = phone.figures
    let vowelFormants = vowel.figures.formants
    var segment = Utterance.Segment()
    let jitter = 1 + 0.012 * max(-2, min(2, dice.gaussian()))
    let target = jitter * character.whispered(locus(of: phone, figures, vowelFormants))
    segment.from = target
    segment.to = figures.glide.map { jitter * character.whispered($0) } ?? target
    let length = slowness * (1 + 0.06 * max(-2, min(2, dice.gaussian())))
    let level = levelDB + (stressed ? 0 : -1.5)
    segment.breath = figures.breathDB < -90 ? 0 : Maths.amplitude(dB: figures.breathDB + level)
    let hiss = Maths.amplitude(dB: figures.noiseDB + character.figures.hissDB + level)
    segment.kind = figures.noise ?? .inhale

    switch figures.manner {
    case .vowel:
      segment.seconds = figures.seconds * length * (stressed ? 1.1 : 0.8)
      segment.inset = 0.045
    case .liquid, .nasal, .aspirate:
      segment.seconds = figures.seconds * length
      segment.inset = figures.manner == .nasal ? 0.012 : 0.03
      if figures.manner == .nasal {
        segment.nasalZeroHz = character.figures.scale * (phone == .m ? 1000 : phone == .n ? 1700 : 3000)
      }
      if figures.manner == .aspirate { segment.widening = 1.5 }
    case .fricative:
      segment.seconds = figures.seconds * length
      segment.inset = 0.018
      segment.widening = 1.5
      segment.hiss = hiss
      (segment.riseSeconds, segment.fallSeconds) = (0.011, 0.010)
    case .stop, .affricate:
      sayStop(phone, figures, segment, hiss: hiss, level: level, into: &utterance)
      return
    }
    utterance.add(segment)
  }

  /// Closure, burst, and the breath that follows; these keep their pace, slow speech or not.
  private func sayStop(
    _ phone: Phone, _ figures: PhoneFigures, _ base: Utterance.Segment, hiss: Double, level: Double,
    into utterance: inout Utterance
  ) {
    var closure = base
    closure.seconds = figures.seconds
    closure.inset = 0.012
    (closure.riseSeconds, closure.fallSeconds) = (0.004, 0.004)
    utterance.add(closure)

    var burst = base
    burst.seconds = figures.burstSeconds
    burst.inset = 0.003
    burst.breath = 0
    burst.hiss = figures.manner == .affricate ? hiss : 2 * hiss
    burst.riseSeconds = 0.001
    burst.fallSeconds = figures.manner == .affricate ? 0.012 : 0.6 * figures.burstSeconds
    if phone == .k || phone == .g {
      burst.kind = base.from.y < 1500 ? .backBurst : base.from.y < 2050 ? .middleBurst : .frontBurst
    }
    utterance.add(burst)

    guard figures.aspirationSeconds > 0 else { return }
    var breath = base
    breath.seconds = figures.aspirationSeconds
    breath.inset = 0.012
    breath.widening = 1.6
    breath.breath = Maths.amplitude(dB: -6 + level)
    utterance.add(breath)
  }

  /// A consonant's own place, drawn towards its vowel; a velar follows the vowel altogether.
  private func locus(of phone: Phone, _ figures: PhoneFigures, _ vowel: SIMD4<Double>) -> SIMD4<Double> {
    switch figures.manner {
    case .vowel: return figures.formants
    case .aspirate: return vowel
    default: break
    }
    if phone == .k || phone == .g {
      let f2 = min(2350, max(1000, vowel.y + 150))
      return SIMD4(300, f2, max(f2 + 250, 2200), 0)
    }
    let pull = SIMD4<Double>(0.15, figures.pull, 0.3 * figures.pull, 0)
    return figures.formants + pull * (vowel - figures.formants)
  }
}
