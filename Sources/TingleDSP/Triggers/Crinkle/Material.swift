/// The material of a sheet.
public enum Material: String, Choice {
  case paper, tissue, bag, foil, cellophane
  case bubbleWrap = "bubble-wrap"
  case crispPacket = "crisp-packet"
  case carrierBag = "carrier-bag"

  /// The share of the material in `Crinkle.calibrationDB`, in decibels.
  var calibrationDB: Double {
    switch self {
    case .tissue: -1.6
    case .foil: 0.6
    case .paper, .bag, .cellophane, .bubbleWrap, .crispPacket, .carrierBag: 0
    }
  }
}
