/// What is crinkled.
public enum Material: String, Choice {
  case paper, tissue, bag, foil, cellophane
  case bubbleWrap = "bubble-wrap"
  case crispPacket = "crisp-packet"
  case carrierBag = "carrier-bag"

  /// Its part of the trigger's `calibrationDB`, in decibels.
  var calibrationDB: Double {
    switch self {
    case .tissue: -1.6
    case .foil: 0.6
    case .paper, .bag, .cellophane, .bubbleWrap, .crispPacket, .carrierBag: 0
    }
  }
}
