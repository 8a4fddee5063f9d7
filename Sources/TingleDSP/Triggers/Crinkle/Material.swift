/// The material of a sheet.
public enum Material: String, Choice {
  case paper, tissue, bag, foil, cellophane
  case bubbleWrap = "bubble-wrap"
  case crispPacket = "crisp-packet"
  case carrierBag = "carrier-bag"

  /// The share of the material in `Crinkle.calibrationDB`, in decibels.
  var calibrationDB: Double {
    switch self {
    case .paper: 0
    case .tissue: -2.3
    case .bag: -1.2
    case .foil: 1.8
    case .cellophane: 3
    case .bubbleWrap: -0.5
    case .crispPacket: 1.6
    case .carrierBag: -0.7
    }
  }
}
