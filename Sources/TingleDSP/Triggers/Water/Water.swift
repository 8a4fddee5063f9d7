/// Water: drops, a vessel that fills, rinsing, a stream, dishes washed slowly, or a bath.
public struct Water: Trigger {
  public typealias Voice = WaterVoice

  /// What happens with the water.
  public var kind = WaterKind.drops
  /// How much water runs, in litres per minute: what is usual for the kind until it is set.
  public var flowLitresPerMinute: Double {
    get { chosenFlow ?? kind.usualFlowLitresPerMinute }
    set { chosenFlow = newValue }
  }
  /// The volume of the vessel, in litres: what is usual for the kind until it is set. A larger vessel is
  /// lower.
  public var sizeLitres: Double {
    get { chosenSize ?? kind.usualSizeLitres }
    set { chosenSize = newValue }
  }
  /// The level of the water, in decibels.
  public var intensityDB = 0.0
  /// A factor on the rests of the hand.
  public var rest = 1.0

  private var chosenFlow, chosenSize: Double?

  public init() {}

  public static let name = "water"
  public static let summary =
    "water: drops, pouring into a vessel that fills, rinsing, a stream, dishes or a bath"
  public var calibrationDB: Double { -10.0 }
  public static let parameters: [Parameter<Water>] = [
    .choice("kind", \.kind, "what happens with the water"),
    .number(
      "pace", \.flowLitresPerMinute, 0.001...600, .litresPerMinute,
      "the flow; usual are 0.03 for drops, 4.5 for a pour, 6 for rinsing or dishes, 60 for a brook"),
    .number(
      "size", \.sizeLitres, 0.05...500, .litres,
      "the vessel, larger is lower; usual are 0.5 for a pour, 8 for rinsing or dishes, 150 for a bath"),
    .number("intensity", \.intensityDB, -18...12, .decibels, "the level of the water"),
    .number("rest", \.rest, 0...3, .none, "a factor on the rests between pours, plates or sponges"),
  ]

  /// Some seconds of drops or of washing, or one vessel filled, per slot.
  public var timing: Timing {
    switch kind {
    // At most some hundred drops in a slot.
    case .drops: Timing(slotSeconds: 8 / max(1, flowRatio), jitter: 0.1, tailSeconds: 2)
    case .pour:
      Timing(slotSeconds: max(3, min(120, fillSeconds + 1.1 * rest)), jitter: 0.1, tailSeconds: 2)
    case .rinse, .stream, .dishes, .bath: Timing(slotSeconds: 8, jitter: 0.1, tailSeconds: 2)
    }
  }

  /// The flow relative to the usual one, within what the model can follow.
  var flowRatio: Double { max(0.05, min(8, flowLitresPerMinute / kind.usualFlowLitresPerMinute)) }
  /// The length of the vessel relative to the usual one.
  var lengthRatio: Double { Maths.pow(sizeLitres / kind.usualSizeLitres, 1 / 3.0) }
  /// The time in which the vessel fills.
  var fillSeconds: Double { 60 * sizeLitres / flowLitresPerMinute }
}
