import TingleDSP
import TingleMix

/// The textual form of a source position, the value of `place:`: `left ear`, `20° 60° up`, `orbit 40cm 30s`.
public enum PlaceSpec {
  /// Why a text is not a source position, as the end of a sentence.
  struct ParseError: Error {
    let reason: String
  }

  /// The shortest time from one waypoint of a path to the next, in seconds.
  static let shortestStepSeconds = 2.0

  private static let earMetres = 0.08
  private static let words: [(word: String, place: SourcePosition)] = [
    ("left ear", SourcePosition(.init(azimuthDegrees: -90, distanceMetres: earMetres))),
    ("right ear", SourcePosition(.init(azimuthDegrees: 90, distanceMetres: earMetres))),
    ("left", SourcePosition(.init(azimuthDegrees: -45))),
    ("right", SourcePosition(.init(azimuthDegrees: 45))),
    ("in front", SourcePosition()), ("behind", SourcePosition(.init(azimuthDegrees: 180))),
    ("above", SourcePosition(.init(elevationDegrees: 90))),
    ("orbit", SourcePosition(.init(distanceMetres: 0.25), motion: .orbit, periodSeconds: 30)),
    ("ear to ear", SourcePosition(.init(distanceMetres: 0.1), motion: .earToEar, periodSeconds: 24)),
    ("wander", SourcePosition(motion: .wander, periodSeconds: 40)),
    (
      "pass by",
      SourcePosition(.init(azimuthDegrees: 90, distanceMetres: earMetres), motion: .passBy, periodSeconds: 12)
    ),
  ]

  /// The named directions and motions.
  public static let names = words.map(\.word)

  /// Parses a source position.
  static func parse(_ text: String) throws(ParseError) -> SourcePosition {
    let plain = text.lowercased().replacing("\u{2212}", with: "-")
    var rest = plain.split(whereSeparator: \.isWhitespace).map(String.init)[...]
    var place = SourcePosition()
    var side = 1.0
    while !rest.isEmpty {
      let phrase = rest.prefix(2).joined(separator: " ")
      if let new = RenamedWord.replacement(for: phrase, .place) {
        throw ParseError(reason: "unknown place '\(phrase)'; it is now '\(new)'")
      }
      if let (named, count) = named(rest) {
        rest = rest.dropFirst(count)
        if named.motion.isStill {
          place.position = named.position
          side = named.position.azimuthDegrees < 0 ? -1 : 1
        } else {
          let position = place.position
          place = named
          // A direction before a motion stays: `left ear pass by`.
          if position != SourcePosition().position { place.position = position }
        }
        continue
      }
      // There can be a space between a number and its unit.
      let word = rest.removeFirst()
      let isBare = Double(word.replacing(",", with: ".")) != nil
      let quantity = isBare && !rest.isEmpty ? word + rest.removeFirst() : word
      let elevationSign = ["up": 1.0, "down": -1][rest.first ?? ""]
      if elevationSign != nil { rest.removeFirst() }
      try set(quantity, elevationSign: elevationSign, in: &place)
    }
    if place.motion == .passBy, place.position.azimuthDegrees == 0 {
      place.position.azimuthDegrees = 90 * side
    }
    return place
  }

  /// The reason why a text is not a source position, as the end of a sentence; nil for one that is.
  static func fault(of text: String) -> String? {
    do throws(ParseError) {
      _ = try parse(text)
      return nil
    } catch { return error.reason }
  }

  private static func named(_ rest: ArraySlice<String>) -> (place: SourcePosition, count: Int)? {
    for count in stride(from: min(3, rest.count), through: 1, by: -1) {
      let phrase = rest.prefix(count).joined(separator: " ")
      if let found = words.first(where: { $0.word == phrase }) { return (found.place, count) }
    }
    return nil
  }

  /// Sets the property that the unit selects: angle, distance or period.
  /// - Parameter elevationSign: 1 for `up`, -1 for `down`, otherwise nil. It makes an angle the elevation.
  private static func set(_ quantity: String, elevationSign: Double?, in place: inout SourcePosition)
    throws(ParseError)
  {
    func read(_ name: String) throws(ParseError) {
      guard let parameter = SourcePosition.parameters.first(where: { $0.name == name }) else { return }
      do throws(Parameter<SourcePosition>.ParseError) {
        try parameter.read(quantity, into: &place)
      } catch { throw ParseError(reason: error.reason) }
    }
    if (try? Quantity.parse(quantity, as: .degrees)) != nil {
      guard let elevationSign else { return try read("azimuth") }
      try read("elevation")
      place.position.elevationDegrees *= elevationSign
      return
    }
    guard elevationSign == nil else { throw ParseError(reason: "'up' and 'down' follow an angle: 60° up") }
    if (try? Quantity.parse(quantity, as: .metres)) != nil { return try read("distance") }
    if (try? Quantity.parse(quantity, as: .seconds)) != nil { return try read("period") }
    let units: [ParameterUnit] = [.degrees, .metres, .seconds]
    if let repair = units.lazy.compactMap({ Quantity.repair(of: quantity, as: $0) }).first {
      throw ParseError(reason: "'\(quantity)' \(repair)")
    }
    let hint =
      Spelling.suggestion(for: quantity, among: names).map { "did you mean '\($0)'?" }
      ?? "expected \(names.joined(separator: ", ")), an angle (-30°), a distance (15cm) or a time (30s)"
    throw ParseError(reason: "unknown place '\(quantity)'; \(hint)")
  }

  /// A source position as text that `parse` accepts. The waypoints of a path are left out: `path 20s`.
  static func written(_ place: SourcePosition) -> String {
    let position = place.position
    if case .path = place.motion { return "path \(Quantity.describe(place.periodSeconds, .seconds))" }
    var parts = [
      place.motion.name.rawValue.replacingDashes, Quantity.describe(position.azimuthDegrees, .degrees),
    ]
    if position.elevationDegrees != 0 {
      let angle = Quantity.describe(abs(position.elevationDegrees), .degrees)
      parts.append("\(angle) \(position.elevationDegrees > 0 ? "up" : "down")")
    }
    parts.append(Quantity.describe(100 * position.distanceMetres, .none) + "cm")
    if place.motion.isStill {
      parts.removeFirst()
    } else {
      parts.append(Quantity.describe(place.periodSeconds, .seconds))
    }
    return parts.joined(separator: " ")
  }

  /// The fault of a path's next waypoint, as the end of a sentence; nil for one that is accepted.
  static func fault(
    of waypoint: SourcePosition.Path.Waypoint, after waypoints: [SourcePosition.Path.Waypoint]
  ) -> String? {
    guard waypoints.count < SourcePosition.Path.mostWaypoints else {
      return "a path has at most \(SourcePosition.Path.mostWaypoints) waypoints"
    }
    guard let last = waypoints.last else {
      return waypoint.seconds == 0 ? nil : "at: the first waypoint must be at 0s"
    }
    let earliest = last.seconds + shortestStepSeconds
    return waypoint.seconds >= earliest
      ? nil
      : "at: a move takes at least 2s; use \(Quantity.describe(earliest, .seconds)) or later"
  }
}

extension String {
  fileprivate var replacingDashes: String { String(map { $0 == "-" ? " " : $0 }) }
}

extension SourcePosition.Motion {
  /// The names of motions in presets. A path has none: it is given by its waypoints.
  enum Name: String, Choice {
    case still, orbit
    case earToEar = "ear-to-ear"
    case wander
    case passBy = "pass-by"
  }

  var name: Name {
    get {
      switch self {
      case .still, .path: .still
      case .orbit: .orbit
      case .earToEar: .earToEar
      case .wander: .wander
      case .passBy: .passBy
      }
    }
    set {
      switch newValue {
      case .still: self = .still
      case .orbit: self = .orbit
      case .earToEar: self = .earToEar
      case .wander: self = .wander
      case .passBy: self = .passBy
      }
    }
  }
}

extension SourcePosition {
  /// The keys of `place`, beside `path`.
  static let parameters: [Parameter<SourcePosition>] = [
    .number(
      "azimuth", \.position.azimuthDegrees, -360...360, .degrees, "0° is in front, 90° at the right ear"),
    .number("elevation", \.position.elevationDegrees, -90...90, .degrees, "90° is above"),
    .number("distance", \.position.distanceMetres, distancesMetres, .metres, "from the centre of the head"),
    .choice("motion", \.motion.name, "the kind of motion"),
    .number(
      "period", \.periodSeconds, shortestPeriodSeconds...3600, .seconds, "the time of one cycle of the motion"
    ),
  ]
}

extension SourcePosition.Path.Waypoint {
  /// The keys of a path's waypoint.
  static let parameters: [Parameter<SourcePosition.Path.Waypoint>] = [
    .number("at", \.seconds, 0...3600, .seconds, "since the beginning of the path"),
    .number(
      "azimuth", \.position.azimuthDegrees, -360...360, .degrees, "0° is in front, 90° at the right ear"),
    .number("elevation", \.position.elevationDegrees, -90...90, .degrees, "90° is above"),
    .number(
      "distance", \.position.distanceMetres, SourcePosition.distancesMetres, .metres,
      "from the centre of the head"),
  ]
}
