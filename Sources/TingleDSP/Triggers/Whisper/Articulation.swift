/// Articulatory rules: phone targets -> coarticulation -> durations and levels -> segments of a track.
struct Articulation: Sendable {
  let profile: WhisperProfile
  /// A factor on all durations except those of a stop's closure, burst and aspiration; above 1 is slower.
  var durationScale = 1.0
  /// Added to the level of the breath that passes closures and voiceless constrictions, in decibels.
  var breathDB = 0.0

  /// How a phone is realized in its context: coarticulation, stress and position in the phrase.
  struct Realization: Sendable {
    /// The vowels before and after the phone, which pull its formants with weights of 38 % and 62 %.
    var neighbours: (before: Phone, after: Phone)
    /// Added to the level of aspiration and frication, in decibels.
    var levelDB = 0.0
    /// A factor on the phone's duration, in addition to `Articulation.durationScale`.
    var durationScale = 1.0
    /// Vowel reduction: how far a vowel falls short of its target towards schwa, from 0 (not at all) to 1.
    var undershoot = 0.0
    /// A factor on F2, F3 and F4; a question raises it.
    var upperFormantScale = 1.0
    /// A factor on the duration of a stop's closure.
    var closureScale = 1.0
    /// Added to the level of a stop's burst, in decibels.
    var burstDB = 0.0
    /// A factor on F2; below 1 for the darker allophone at the end of a phrase.
    var secondFormantScale = 1.0
    /// A factor on the duration of a stop's aspiration; 0 for an unaspirated stop.
    var aspirationScale = 1.0
    /// Whether a consonant follows the vowel of its syllable; /r/ and /l/ then have other allophones.
    var isCoda = false
    /// Whether the phone ends a phrase; the closures of /b/, /d/ and /g/ are then louder.
    var isFinal = false
  }

  /// Adds a phone of a nonsense syllable, coarticulated with the vowel of that syllable.
  func articulate(
    _ phone: Phone, with vowel: Phone, stressed: Bool, levelDB: Double, into track: inout SegmentTrack,
    dice: inout Dice
  ) {
    let isVowel = phone.targets.manner == .vowel
    let realization = Realization(
      neighbours: (vowel, vowel), levelDB: levelDB + (stressed ? 0 : -1.5),
      durationScale: isVowel ? (stressed ? 1.1 : 0.8) : 1)
    articulate(phone, realization, into: &track, dice: &dice)
  }

  /// Adds a phone: one segment, or closure, burst and aspiration for a stop.
  func articulate(
    _ phone: Phone, _ realization: Realization, into track: inout SegmentTrack, dice: inout Dice
  ) {
    let targets = phone.targets
    // A diphthong before the phone acts with the formants of its offglide.
    let before = realization.neighbours.before.targets
    let vowelFormants =
      0.62 * realization.neighbours.after.targets.formants + 0.38 * (before.glide ?? before.formants)
    var segment = SegmentTrack.Segment()
    let jitter = 1 + 0.011 * dice.clippedGaussian()
    var own = locus(of: phone, targets, vowelFormants)
    own.y *= realization.secondFormantScale
    if realization.isCoda, phone == .r { own += 0.88 * (SIMD4(470, 1270, 1650, 3050) - own) }
    if realization.isCoda, phone == .l { own += 0.57 * (SIMD4(430, 850, 2650, 3400) - own) }
    let schwa = SIMD4<Double>(500, 1400, 2450, 3500)
    let undershoot = targets.manner == .vowel ? realization.undershoot : 0
    let upperScale = realization.upperFormantScale
    let scale = SIMD4<Double>(1, upperScale, upperScale, upperScale)
    let start = jitter * scale * profile.whispered(own + undershoot * (schwa - own))
    segment.startFormants = start
    segment.endFormants =
      targets.glide.map { jitter * scale * profile.whispered($0 + undershoot * (schwa - $0)) } ?? start
    let duration = durationScale * realization.durationScale * (1 + 0.06 * dice.clippedGaussian())
    let level = realization.levelDB
    segment.aspiration = targets.aspirationDB < -90 ? 0 : Maths.amplitude(dB: targets.aspirationDB + level)
    let frication = Maths.amplitude(dB: targets.fricationDB + profile.fricationDB + level)
    segment.source = targets.fricationSource ?? .inhale
    // Each formant follows a transition curve of its own, different each time, as in natural speech.
    for k in 0..<4 { segment.transitionBend[k] = Maths.exp(0.25 * dice.clippedGaussian()) }

    switch targets.manner {
    case .vowel:
      segment.seconds = targets.seconds * duration
      segment.transitionSeconds = 0.035
    case .liquid, .nasal, .aspirate:
      segment.seconds = targets.seconds * duration
      segment.transitionSeconds = targets.manner == .nasal ? 0.0035 : 0.038
      if targets.manner == .nasal {
        segment.nasalZeroHz = profile.scale * (phone == .m ? 566 : phone == .n ? 1168 : 3000)
      }
      if phone == .rr { segment.trillDepth = 0.7 }
      segment.bandwidthScale = targets.manner == .nasal ? 1.24 : 1.28
      if targets.manner == .aspirate {
        // An open glottis damps the formants, F1 most.
        (segment.bandwidthScale, segment.firstBandwidthScale) = (1.83, 2.57)
        segment.startFormants.x *= 0.95
        segment.endFormants.x *= 0.95
      }
    case .fricative:
      segment.seconds = targets.seconds * duration
      segment.transitionSeconds = 0.012
      segment.bandwidthScale = 1.21
      segment.frication = frication
      (segment.riseSeconds, segment.fallSeconds, segment.releaseSeconds) = (0.012, 0.013, 0.010)
      // A slow onset distinguishes /ʃ/ from /tʃ/.
      if phone == .sh || phone == .zh { segment.riseSeconds = 0.018 }
      if targets.aspirationDB < -90 { segment.aspiration = Maths.amplitude(dB: -32 + breathDB + level) }
    case .stop, .affricate:
      articulateStop(phone, targets, segment, frication: frication, realization, into: &track)
      return
    }
    track.append(segment)
  }

  /// Adds a stop or affricate: closure -> burst -> aspiration. Speaking rate does not change their durations.
  private func articulateStop(
    _ phone: Phone, _ targets: PhoneTargets, _ base: SegmentTrack.Segment, frication: Double,
    _ realization: Realization, into track: inout SegmentTrack
  ) {
    var closure = base
    closure.seconds = targets.seconds * realization.closureScale
    // The breath path is never quite shut.
    if targets.aspirationDB < -90 {
      closure.aspiration = Maths.amplitude(dB: -38 + breathDB + realization.levelDB)
    } else if realization.isFinal, targets.manner == .stop {
      closure.aspiration = Maths.amplitude(dB: -19 + realization.levelDB)
    }
    closure.transitionSeconds = 0.014
    (closure.riseSeconds, closure.fallSeconds) = (0.004, 0.004)
    track.append(closure)

    var burst = base
    burst.seconds = targets.burstSeconds
    burst.transitionSeconds = 0.003
    burst.aspiration = 0
    burst.frication =
      (targets.manner == .affricate ? 1 : 2) * frication * Maths.amplitude(dB: realization.burstDB)
    burst.riseSeconds = 0.001
    burst.fallSeconds = targets.manner == .affricate ? 0.012 : 0.52 * targets.burstSeconds
    burst.releaseSeconds = burst.fallSeconds
    if phone == .k || phone == .g {
      let f2 = base.startFormants.y
      burst.source = f2 < 1500 ? .velarBurstBack : f2 < 2050 ? .velarBurstMid : .velarBurstFront
    }
    track.append(burst)

    guard targets.aspirationSeconds * realization.aspirationScale > 0 else { return }
    var aspiration = base
    aspiration.seconds = targets.aspirationSeconds * realization.aspirationScale
    aspiration.transitionSeconds = 0.013
    (aspiration.bandwidthScale, aspiration.firstBandwidthScale) = (1.3, 2.2)
    aspiration.aspiration = Maths.amplitude(
      dB: -11 + realization.levelDB + (realization.aspirationScale < 1 ? -0.6 : 0))
    track.append(aspiration)
  }

  /// The formants of a phone in the context of a vowel: a vowel's own targets, or a consonant's locus pulled
  /// towards the vowel. The locus of a velar stop depends on the vowel only.
  private func locus(of phone: Phone, _ targets: PhoneTargets, _ vowel: SIMD4<Double>) -> SIMD4<Double> {
    switch targets.manner {
    case .vowel: return targets.formants
    case .aspirate: return vowel
    default: break
    }
    if phone == .k || phone == .g {
      // Without voicing, a more fronted tongue body is what distinguishes /k/ from /g/.
      let f2 = (phone == .k ? 1.2 : 1.05) * min(2350, max(1000, vowel.y + 190))
      return SIMD4(300, f2, max(f2 + 250, 2200), targets.formants.w)
    }
    let slope = SIMD4<Double>(0.05, 1.08 * targets.locusSlope, 0.38 * targets.locusSlope, 0.3)
    return targets.formants + slope * (vowel - targets.formants)
  }
}
