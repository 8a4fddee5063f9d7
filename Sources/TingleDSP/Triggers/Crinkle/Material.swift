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
    case .tissue: -2.8
    case .bag: -1.6
    case .foil: 2.1
    case .cellophane: 3.6
    case .bubbleWrap: -0.6
    case .crispPacket: 1.9
    case .carrierBag: -1
    }
  }
}
