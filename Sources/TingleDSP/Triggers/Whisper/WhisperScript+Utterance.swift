extension WhisperScript {
  /// Between two breaths of a turn.
  package static let meanPauseSeconds = 0.6

  /// Some breaths of the words, one after the other.
  static func recited(
    _ speech: Speech, breaths: Range<Int>, _ settings: Whisper, dice: inout Dice
  ) -> Utterance {
    var utterance = Utterance(startSeconds: 0.05)
    for breath in breaths {
      if breath > breaths.lowerBound { utterance.pause(meanPauseSeconds * dice.uniform(0.7...1.3)) }
      recite(speech, breath: breath, settings, into: &utterance, dice: &dice)
    }
    return utterance
  }

  /// How long a breath of the words takes, at least on one occasion, with the breath drawn before it.
  package static func seconds(of speech: Speech, breath: Int, _ settings: Whisper) -> Double {
    var utterance = Utterance(startSeconds: 0)
    var dice = Dice(Draws(seed: 0))
    recite(speech, breath: breath, settings, into: &utterance, dice: &dice)
    return utterance.endSeconds
  }

  private static func recite(
    _ speech: Speech, breath: Int, _ settings: Whisper, into utterance: inout Utterance, dice: inout Dice
  ) {
    // An audible inhale before two breaths of three.
    if dice.chance(0.67) {
      inhale(settings, seconds: dice.uniform(0.5...0.8), into: &utterance, dice: &dice)
      utterance.pause(dice.uniform(0.08...0.2))
    }
    let range = speech.range(ofBreath: breath)
    let articulation = settings.articulation()
    let ending = speech[range.upperBound - 1].pause
    let lastVowel = range.last { speech[$0].phone.isVowel } ?? range.upperBound
    var wordDB = dice.clippedGaussian()
    for k in range {
      let sound = speech[k]
      // The same consonant at the end of a word and at the beginning of the next is one.
      if k > range.lowerBound, speech[k - 1].pause == .word, speech[k - 1].phone == sound.phone,
        !sound.phone.isVowel
      {
        continue
      }
      var delivery = Articulation.Delivery(vowels: vowels(round: k, speech, range))
      delivery.levelDB = wordDB
      let fromEnd = Double(range.upperBound - k)
      if ending == .statement { delivery.levelDB -= 2 * max(0, 1 - fromEnd / 7) }
      if ending == .question, k >= lastVowel {
        delivery.levelDB += 2
        delivery.rise = 1.05
      }
      if sound.isLong { (delivery.length, delivery.closure) = (1.4, 1.6) }
      if sound.phone.isVowel {
        shape(&delivery, vowel: k, speech, range, isLast: k == lastVowel)
      } else {
        shape(&delivery, consonant: k, speech, range, isFinal: k > lastVowel)
      }
      articulation.say(sound.phone, delivery, into: &utterance, dice: &dice)
      switch sound.pause {
      case .none: break
      case .rest: utterance.pause(dice.uniform(0.25...0.45))
      default: wordDB = dice.clippedGaussian()
      }
    }
  }

  /// The vowels before and after a sound, or its own.
  private static func vowels(
    round k: Int, _ speech: Speech, _ range: Range<Int>
  ) -> (before: Phone, after: Phone) {
    let after = range[k...].first { speech[$0].phone.isVowel }
    let before = range[..<k].last { speech[$0].phone.isVowel }
    let own = after ?? before
    return (speech.phone(at: before ?? own), speech.phone(at: after ?? own))
  }

  /// Stress, and what follows, make a vowel long or short; D. H. Klatt, JASA 59 (1976) 1208.
  private static func shape(
    _ delivery: inout Articulation.Delivery, vowel k: Int, _ speech: Speech, _ range: Range<Int>, isLast: Bool
  ) {
    switch speech[k].stress {
    case 1: delivery.length *= 1.1
    case 2: delivery.length *= 0.95
    default:
      delivery.length *= 0.72
      delivery.levelDB -= 2
      delivery.undershoot = 0.2
    }
    if k + 1 < range.upperBound, speech[k].pause == .none {
      let next = speech[k + 1].phone
      if next.isObstruent { delivery.length *= next.isVoiced ? 1.25 : 0.72 }
    }
    if isLast { delivery.length *= 1.15 }
  }

  /// Stops lose their breath after s and before another stop; what ends a phrase is drawn out.
  private static func shape(
    _ delivery: inout Articulation.Delivery, consonant k: Int, _ speech: Speech, _ range: Range<Int>,
    isFinal: Bool
  ) {
    let phone = speech[k].phone
    let follower = k + 1 < range.upperBound && speech[k].pause != .rest ? speech[k + 1].phone : nil
    if k > range.lowerBound, speech[k - 1].phone == .s, speech[k - 1].pause == .none {
      delivery.aspiration = isFinal ? 0.5 : 0
    } else if let follower {
      if follower.isObstruent { delivery.aspiration = 0.25 }
      if phone == .t || phone == .d, isFlapped(k, speech, range) {
        (delivery.closure, delivery.aspiration, delivery.burstDB) = (0.45, 0, -4)
      }
    } else {
      (delivery.aspiration, delivery.closure) = (0.35, 1.2 * delivery.closure)
    }
    if isFinal {
      if phone.figures.manner == .fricative { delivery.length *= 1.25 }
      if phone.figures.manner == .nasal { delivery.length *= 1.3 }
      if phone == .d { delivery.burstDB -= 4 }
      if phone == .l || phone == .z || phone == .t { delivery.front = 0.9 }
    }
  }

  /// Whether the tongue only brushes the ridge: t or d from a vowel to an unstressed one, as in "water" and "get up".
  private static func isFlapped(_ k: Int, _ speech: Speech, _ range: Range<Int>) -> Bool {
    guard k > range.lowerBound, k + 1 < range.upperBound, speech[k - 1].phone.isVowel else { return false }
    let next = speech[k + 1]
    return speech[k - 1].pause == .none && next.phone.isVowel
      && (next.stress == 0 || speech[k].pause == .word)
  }
}

extension Speech {
  fileprivate func phone(at index: Int?) -> Phone { index.map { self[$0].phone } ?? .ax }
}

extension Phone {
  /// Whether it makes a syllable.
  var isVowel: Bool { rawValue <= Phone.ix.rawValue }
  /// Whether the mouth is nearly or wholly shut.
  var isObstruent: Bool { rawValue >= Phone.f.rawValue }
  /// Of obstruents: whether it would be voiced, were it not whispered.
  var isVoiced: Bool {
    switch self {
    case .v, .dh, .z, .zh, .b, .d, .g, .jh: true
    default: false
    }
  }
}
