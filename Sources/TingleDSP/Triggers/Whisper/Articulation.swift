/// Puts phones into an utterance: durations, levels, coarticulation.
struct Articulation: Sendable {
  let make: WhisperProfile
  /// Longer than 1 is slower.
  var slowness = 1.0

  /// How a phone is said where it stands.
  struct Delivery: Sendable {
    /// The vowels that its neighbours are said with pull the formants of consonants; the coming one the most.
    var vowels: (before: Phone, after: Phone)
    /// Added to everything.
    var levelDB = 0.0
    /// A factor on its length, beside that of the pace.
    var length = 1.0
    /// How much of the way a vowel falls short of its target, 0 none.
    var undershoot = 0.0
    /// A factor on the second and third formant: a question rises.
    var rise = 1.0
    /// A factor on the time that a stop is shut.
    var closure = 1.0
    /// Added to a stop's burst.
    var burstDB = 0.0
    /// A factor on the second formant, for what is said darker at the end than at the beginning.
    var front = 1.0
    /// How much of a stop's aspiration is left, as a factor on its length, 0 none.
    var aspiration = 1.0
  }

  /// Says a phone with its vowel, as in nonsense.
  func say(
    _ phone: Phone, with vowel: Phone, stressed: Bool, levelDB: Double, into utterance: inout Utterance,
    dice: inout Dice
  ) {
    let isVowel = phone.figures.manner == .vowel
    let delivery = Delivery(
      vowels: (vowel, vowel), levelDB: levelDB + (stressed ? 0 : -1.5),
      length: isVowel ? (stressed ? 1.1 : 0.8) : 1)
    say(phone, delivery, into: &utterance, dice: &dice)
  }

  /// Says a phone.
  func say(_ phone: Phone, _ delivery: Delivery, into utterance: inout Utterance, dice: inout Dice) {
    let figures = phone.figures
    // A diphthong leaves its end behind it.
    let before = delivery.vowels.before.figures
    let vowelFormants =
      0.65 * delivery.vowels.after.figures.formants + 0.35 * (before.glide ?? before.formants)
    var segment = Utterance.Segment()
    let jitter = 1 + 0.012 * dice.clippedGaussian()
    var own = locus(of: phone, figures, vowelFormants)
    own.y *= delivery.front
    let neutral = SIMD4<Double>(500, 1400, 2450, 3500)
    let short = figures.manner == .vowel ? delivery.undershoot : 0
    let rise = SIMD4<Double>(1, delivery.rise, delivery.rise, delivery.rise)
    let target = jitter * rise * make.whispered(own + short * (neutral - own))
    segment.from = target
    segment.to =
      figures.glide.map { jitter * rise * make.whispered($0 + short * (neutral - $0)) } ?? target
    let length = slowness * delivery.length * (1 + 0.06 * dice.clippedGaussian())
    let level = delivery.levelDB
    segment.breath = figures.breathDB < -90 ? 0 : Maths.amplitude(dB: figures.breathDB + level)
    let hiss = Maths.amplitude(dB: figures.noiseDB + make.hissDB + level)
    segment.kind = figures.noise ?? .inhale
    // No two ways from sound to sound are alike, nor do the resonances arrive together.
    for k in 0..<4 { segment.bend[k] = Maths.exp(0.25 * dice.clippedGaussian()) }

    switch figures.manner {
    case .vowel:
      segment.seconds = figures.seconds * length
      segment.inset = 0.045
    case .liquid, .nasal, .aspirate:
      segment.seconds = figures.seconds * length
      segment.inset = figures.manner == .nasal ? 0.012 : 0.03
      if figures.manner == .nasal {
        segment.nasalZeroHz = make.scale * (phone == .m ? 650 : phone == .n ? 1700 : 3000)
      }
      if phone == .rr { segment.flutter = 0.7 }
      if figures.manner == .aspirate { segment.widening = 1.5 }
    case .fricative:
      segment.seconds = figures.seconds * length
      segment.inset = 0.018
      segment.widening = 1.5
      segment.hiss = hiss
      (segment.riseSeconds, segment.fallSeconds, segment.tailSeconds) = (0.011, 0.010, 0.010)
    case .stop, .affricate:
      sayStop(phone, figures, segment, hiss: hiss, delivery, into: &utterance)
      return
    }
    utterance.add(segment)
  }

  /// Closure, burst, and the breath that follows; these keep their pace, slow speech or not.
  private func sayStop(
    _ phone: Phone, _ figures: PhoneTargets, _ base: Utterance.Segment, hiss: Double, _ delivery: Delivery,
    into utterance: inout Utterance
  ) {
    var closure = base
    closure.seconds = figures.seconds * delivery.closure
    closure.inset = 0.012
    (closure.riseSeconds, closure.fallSeconds) = (0.004, 0.004)
    utterance.add(closure)

    var burst = base
    burst.seconds = figures.burstSeconds
    burst.inset = 0.003
    burst.breath = 0
    burst.hiss = (figures.manner == .affricate ? 1 : 2) * hiss * Maths.amplitude(dB: delivery.burstDB)
    burst.riseSeconds = 0.001
    burst.fallSeconds = figures.manner == .affricate ? 0.012 : 0.6 * figures.burstSeconds
    burst.tailSeconds = burst.fallSeconds
    if phone == .k || phone == .g {
      burst.kind = base.from.y < 1500 ? .backBurst : base.from.y < 2050 ? .middleBurst : .frontBurst
    }
    utterance.add(burst)

    guard figures.aspirationSeconds * delivery.aspiration > 0 else { return }
    var breath = base
    breath.seconds = figures.aspirationSeconds * delivery.aspiration
    breath.inset = 0.012
    breath.widening = 1.6
    breath.breath = Maths.amplitude(dB: -9 + delivery.levelDB + (delivery.aspiration < 1 ? -3 : 0))
    utterance.add(breath)
  }

  /// A consonant's own place, drawn towards its vowel; a velar follows the vowel altogether.
  private func locus(of phone: Phone, _ figures: PhoneTargets, _ vowel: SIMD4<Double>) -> SIMD4<Double> {
    switch figures.manner {
    case .vowel: return figures.formants
    case .aspirate: return vowel
    default: break
    }
    if phone == .k || phone == .g {
      // Without a voice the tongue must be farther forward to be told from that of a g.
      let f2 = (phone == .k ? 1.14 : 1) * min(2350, max(1000, vowel.y + 150))
      return SIMD4(300, f2, max(f2 + 250, 2200), figures.formants.w)
    }
    let pull = SIMD4<Double>(0.15, 0.8 * figures.pull, 0.3 * figures.pull, 0.3)
    return figures.formants + pull * (vowel - figures.formants)
  }
}
