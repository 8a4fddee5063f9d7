import TingleDSP
import TingleMix
import TinglePresets

/// A sleep preset with random layers, beds, positions, levels and settings: a tree of keys and values that
/// can be written as YAML and shrunk.
public struct RandomPreset: Sendable {
  /// A layer: its trigger, and its keys and values as in a preset.
  struct Layer: Sendable {
    var name: String
    var trigger: String
    var values: [(key: String, text: String)]
  }

  /// The top-level keys, except `duration`.
  var values: [(key: String, text: String)]
  /// The keys under `master`.
  var master: [(key: String, text: String)]
  /// The layers; the first is the bed.
  var layers: [Layer]
  /// The length of the track in seconds.
  var durationSeconds: Double
  /// The measured part of the track in seconds: all of a short track, one minute of a long one.
  public internal(set) var measured: Range<Double>
  /// Whether the mix is mono.
  public internal(set) var isMono: Bool

  /// Generates preset `number` of a seed.
  public init(seed: UInt64, number: Int) {
    var dice = Dice(Draws(seed: seed).branch(number))
    let isLong = dice.chance(0.08)
    durationSeconds = isLong ? dice.logUniform(1800...28_800).rounded() : dice.uniform(32...64).rounded()
    let start = isLong ? (dice.uniform() * (durationSeconds - 130)).rounded() + 60 : 0
    measured = start..<(isLong ? start + 60 : durationSeconds)
    isMono = dice.chance(0.2)
    values = [("for", "sleep"), ("seed", String(dice.whole(1...99_999)))]
    if isMono || dice.chance(0.3) { values.append(("output", "speakers")) }
    if dice.chance(0.4) { values.append(("room", dice.element(RoomSize.allCases).rawValue)) }
    if dice.chance(0.4) { values.append(("arc", "wind-down")) }
    if isLong, dice.chance(0.4) { values.append(("wake", "20m")) }
    if dice.chance(0.2) {
      let atOnce = dice.whole(1...2)
      values.append(("program", "{at-once: \(atOnce), shortest: 30s, longest: 45s, cross-fade: 1s}"))
    }
    master = [("fade-in", "5s"), ("fade-out", "5s")]
    layers = [Self.layer("bed", levelDB: -30...12, &dice)]
    if dice.chance(0.15) {
      layers.append(Self.layer("second-bed", levelDB: -30...12, &dice))
      layers[1].values.append(("role", "bed"))
    }
    for k in 0..<dice.whole(0...4) { layers.append(Self.layer("layer-\(k)", levelDB: -40...24, &dice)) }
  }

  private static func layer(_ name: String, levelDB: ClosedRange<Double>, _ dice: inout Dice) -> Layer {
    let type = dice.element(Catalogue.triggers)
    var values = parameters(type, &dice)
    values.append(("level", "\(Int(dice.uniform(levelDB).rounded())) dB"))
    if dice.chance(name == "bed" ? 0.25 : 0.8) { values.append(("place", place(&dice))) }
    return Layer(name: name, trigger: type.name, values: values)
  }

  private static func parameters<T: Trigger>(_ type: T.Type, _ dice: inout Dice) -> [(String, String)] {
    T.parameters.compactMap { parameter in
      guard dice.chance(0.4) else { return nil }
      switch parameter.kind {
      case .number(let range, let unit, _):
        // Wide ranges are drawn on a logarithmic scale.
        let value =
          range.lowerBound > 0 && range.upperBound > 8 * range.lowerBound
          ? dice.logUniform(range) : dice.uniform(range)
        let rounded = (value * 1000).rounded() / 1000
        return (
          parameter.name,
          Quantity.describe(min(max(rounded, range.lowerBound), range.upperBound), unit)
        )
      case .whole(let range):
        return (
          parameter.name,
          String(
            range.lowerBound + UInt64(dice.uniform() * Double(min(9, range.upperBound - range.lowerBound))))
        )
      case .choice(let words): return (parameter.name, dice.element(words))
      case .text:
        return parameter.name == "text" ? ("text", "Now let go of the day. Sleep well.") : nil
      }
    }
  }

  private static func place(_ dice: inout Dice) -> String {
    func whole(_ range: ClosedRange<Double>) -> Int { Int(dice.uniform(range).rounded()) }
    let distance = Int(dice.logUniform(4...300).rounded())
    let still = "\(whole(-180...180))° \(whole(0...60))° up \(distance)cm"
    switch dice.whole(0...5) {
    case 0...2: return still
    case 3: return "orbit \(distance)cm \(whole(8...60))s"
    case 4:
      return dice.chance(0.5) ? "ear to ear \(distance)cm \(whole(8...60))s" : "wander \(distance)cm 20s"
    default: return "pass by \(whole(8...30))s"
    }
  }

  /// The preset as YAML.
  public var yaml: String {
    var lines = values.map { "\($0.key): \($0.text)" }
    lines.append("duration: \(Int(durationSeconds))s")
    lines.append("master: {\(Self.flow(master))}")
    for (k, layer) in layers.enumerated() {
      if k == 1 { lines.append("layers:") }
      let pairs = [(key: "trigger", text: layer.trigger)] + layer.values
      lines.append("\(k == 0 ? "" : "  ")\(k == 0 ? "bed" : layer.name): {\(Self.flow(pairs))}")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func flow(_ pairs: [(key: String, text: String)]) -> String {
    pairs.map { "\($0.key): \($0.text)" }.joined(separator: ", ")
  }
}

extension Dice {
  fileprivate mutating func element<T>(_ all: [T]) -> T { all[choose(all.count)] }
}
