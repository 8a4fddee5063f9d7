/// A phone that the whisper synthesizer can produce, by its lower-case ARPAbet name.
///
/// These are the phones of English, and some of other languages: the vowels y, ø, œ, ɯ and ɨ (`ue`, `oe`,
/// `oeh`, `ui`, `ix`), the fricatives ç (`cx`) and x (`xx`), and the alveolar trill r (`rr`).
package enum Phone: UInt8, CaseIterable, Sendable {
  case iy, ih, eh, ae, aa, ao, uh, uw, ah, ax, er, ey, ay, oy, aw, ow
  case ue, oe, oeh, ui, ix
  case w, y, r, rr, l, hh
  case m, n, ng
  case f, v, th, dh, s, z, sh, zh, cx, xx
  case p, b, t, d, k, g, ch, jh

  /// The manner of articulation.
  package enum Manner: Sendable { case vowel, liquid, aspirate, nasal, fricative, stop, affricate }

  /// Whether the phone is a vowel, and so the nucleus of a syllable.
  var isVowel: Bool { rawValue <= Phone.ix.rawValue }
  /// Whether the phone is a fricative, stop or affricate.
  var isObstruent: Bool { rawValue >= Phone.f.rawValue }
  /// Whether an obstruent is phonologically voiced; whispering removes the voicing itself.
  var isVoiced: Bool {
    switch self {
    case .v, .dh, .z, .zh, .b, .d, .g, .jh: true
    default: false
    }
  }
}
