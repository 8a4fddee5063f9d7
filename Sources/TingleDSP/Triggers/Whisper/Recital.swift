extension WhisperScript {
  /// One breath of the words.
  static func recited(_ speech: Speech, breath: Int, _ settings: Whisper, dice: inout Dice) -> Utterance {
    var utterance = Utterance(startSeconds: 0.05)
    // An audible inhale before two breaths of three.
    if dice.chance(0.67) {
      inhale(settings, seconds: dice.uniform(0.5...0.8), into: &utterance, dice: &dice)
      utterance.pause(dice.uniform(0.08...0.2))
    }
    let range = speech.range(ofBreath: breath)
    let articulation = settings.articulation
    let ending = speech[range.upperBound - 1].pause
    let lastVowel = range.last { speech[$0].phone.isVowel } ?? range.upperBound
    var wordDB = max(-2, min(2, dice.gaussian()))
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
      if sound.phone.isVowel {
        shape(&delivery, vowel: k, speech, range, isLast: k == lastVowel)
      } else {
        shape(&delivery, consonant: k, speech, range, isFinal: k > lastVowel)
      }
      articulation.say(sound.phone, delivery, into: &utterance, dice: &dice)
      switch sound.pause {
      case .none: break
      case .rest: utterance.pause(dice.uniform(0.25...0.45))
      default: wordDB = max(-2, min(2, dice.gaussian()))
      }
    }
    return utterance
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
    case 1: delivery.length = 1.1
    case 2: delivery.length = 0.95
    default:
      delivery.length = 0.72
      delivery.levelDB -= 2
      delivery.undershoot = 0.2
    }
    if k + 1 < range.upperBound, speech[k].pause == .none {
      let next = speech[k + 1].phone
      if next.isObstruent { delivery.length *= next.isVoiced ? 1.25 : 0.8 }
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
    } else {
      delivery.aspiration = 0.8
    }
    if isFinal {
      if phone.figures.manner == .fricative { delivery.length = 1.25 }
      if phone.figures.manner == .nasal { delivery.length = 1.3 }
    }
  }
}

extension Speech {
  fileprivate func phone(at index: Int?) -> Phone { index.map { self[$0].phone } ?? .ax }
}

extension Phone {
  /// Whether it makes a syllable.
  var isVowel: Bool { rawValue <= Phone.ow.rawValue }
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
