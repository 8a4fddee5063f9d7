/// A material that is scratched.
public enum ScratchMaterial: String, Choice {
  case microphone, fabric, nylon, hat, scalp, cork

  /// The constants of the contact: those of the foam of a microphone are fitted to a recording.
  var model: ContactModel {
    switch self {
    case .microphone:
      ContactModel(
        bandHz: 110...230, grainsPerSecond: 74, grainSeconds: 1.3e-3...4.7e-3, grainSpreadDB: 6,
        tangles: 0.02, hissDB: -17, rumbleDB: -2.2, rumbleHz: 73...230, unrestDB: 5.7)
    case .fabric:
      ContactModel(
        bandHz: 350...5000, grainsPerSecond: 90, grainSeconds: 0.5e-3...3e-3, grainSpreadDB: 4.5,
        tangles: 0.02, hissDB: -12, rumbleDB: -6, rumbleHz: 80...400, unrestDB: 7)
    case .nylon:
      ContactModel(
        bandHz: 900...8000, grainsPerSecond: 120, grainSeconds: 0.3e-3...1.5e-3, grainSpreadDB: 5,
        tangles: 0.02, hissDB: -11, rumbleDB: -8, rumbleHz: 90...500, unrestDB: 7)
    case .hat:
      ContactModel(
        bandHz: 300...4500, grainsPerSecond: 110, grainSeconds: 0.8e-3...5e-3, grainSpreadDB: 5.5,
        tangles: 0.05, hissDB: -14, rumbleDB: -4, rumbleHz: 120...420, unrestDB: 7)
    case .scalp:
      ContactModel(
        bandHz: 250...3800, grainsPerSecond: 70, grainSeconds: 0.6e-3...3.5e-3, grainSpreadDB: 4.5,
        tangles: 0.04, hissDB: -10, rumbleDB: -3, rumbleHz: 60...320, unrestDB: 7)
    case .cork:
      ContactModel(
        bandHz: 450...4500, grainsPerSecond: 60, grainSeconds: 0.8e-3...4e-3, grainSpreadDB: 6, tangles: 0.1,
        hissDB: -14, rumbleDB: -7, rumbleHz: 90...500, unrestDB: 7)
    }
  }

  /// The manner of the hand: a few strokes to and fro, then a rest with the nails on the material.
  var manner: HandMotion.Manner {
    .init(
      seconds: 0.4...1, pauseSeconds: 0.04...0.15, restSeconds: 0.5...2.2, strokes: 2...6, returns: 0.8,
      tremor: self == .microphone ? 0.06 : 0.2)
  }

  /// Whether the low frequencies of the two ears are in opposite phase: the two capsules of a stereo
  /// microphone move against each other when its foam is pushed.
  var isOpposed: Bool { self == .microphone }

  /// The cutoff of the foam around a microphone, which damps high frequencies.
  var foamHz: Double? { self == .microphone ? 650 : nil }

  /// The gain that makes all materials equally loud.
  var calibrationDB: Double {
    switch self {
    case .microphone: -28.9
    case .fabric, .nylon, .cork: -30.3
    case .hat, .scalp: -32.3
    }
  }
}
