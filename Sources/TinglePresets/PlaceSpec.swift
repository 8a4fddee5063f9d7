import TingleDSP
import TingleMix

/// A place in a few words: `left ear`, `-30° 15cm`, `20° 60° up`, `orbit 40cm 30s`, `ear to ear 8cm`.
public enum PlaceSpec {
  /// Why words are no place, as the end of a sentence.
  struct ParseError: Error {
    let reason: String
  }

  /// The shortest time from one waypoint of a path to the next, in seconds.
  static let shortestStepSeconds = 2.0

  private static let near = 0.08
  private static let words: [(word: String, place: SourcePosition)] = [
    ("left ear", SourcePosition(.init(azimuthDegrees: -90, distanceMetres: near))),
    ("right ear", SourcePosition(.init(azimuthDegrees: 90, distanceMetres: near))),
    ("left", SourcePosition(.init(azimuthDegrees: -45))),
    ("right", SourcePosition(.init(azimuthDegrees: 45))),
    ("in front", SourcePosition()), ("behind", SourcePosition(.init(azimuthDegrees: 180))),
    ("above", SourcePosition(.init(elevationDegrees: 90))),
    ("orbit", SourcePosition(.init(distanceMetres: 0.25), motion: .orbit, periodSeconds: 30)),
    ("ear to ear", SourcePosition(.init(distanceMetres: 0.1), motion: .earToEar, periodSeconds: 24)),
    ("wander", SourcePosition(motion: .wander, periodSeconds: 40)),
    (
      "pass by",
      SourcePosition(.init(azimuthDegrees: 90, distanceMetres: near), motion: .passBy, periodSeconds: 12)
    ),
  ]

  /// The places that have names; a motion is one too.
  public static let names = words.map(\.word)

  /// Reads a place.
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
          // What was said of the side before counts for a motion too: `left ear pass by`.
          if position != SourcePosition().position { place.position = position }
        }
        continue
      }
      // A number may stand apart from its unit.
      let word = rest.removeFirst()
      let isBare = Double(word.replacing(",", with: ".")) != nil
      let quantity = isBare && !rest.isEmpty ? word + rest.removeFirst() : word
      let height = ["up": 1.0, "down": -1][rest.first ?? ""]
      if height != nil { rest.removeFirst() }
      try set(quantity, height: height, in: &place)
    }
    if place.motion == .passBy, place.position.azimuthDegrees == 0 {
      place.position.azimuthDegrees = 90 * side
    }
    return place
  }

  static func refusal(_ text: String) -> String? {
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

  /// An angle is an azimuth, or before `up` and `down` (1, -1) an elevation, a length a distance, a time a period.
  private static func set(_ quantity: String, height: Double?, in place: inout SourcePosition)
    throws(ParseError)
  {
    func read(_ name: String) throws(ParseError) {
      guard let parameter = SourcePosition.parameters.first(where: { $0.name == name }) else { return }
      do throws(Parameter<SourcePosition>.ParseError) {
        try parameter.read(quantity, into: &place)
      } catch { throw ParseError(reason: error.reason) }
    }
    if (try? Quantity.parse(quantity, as: .degrees)) != nil {
      guard let height else { return try read("azimuth") }
      try read("elevation")
      place.position.elevationDegrees *= height
      return
    }
    guard height == nil else { throw ParseError(reason: "'up' and 'down' stand after an angle: 60° up") }
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

  /// A place in words that `parse` reads back, but for a path, of which they only tell that it is one.
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

  /// The error of a path's next waypoint, as the end of a sentence; nil for one that is accepted.
  static func refusal(
    of waypoint: SourcePosition.Path.Waypoint, after waypoints: [SourcePosition.Path.Waypoint]
  ) -> String? {
    guard waypoints.count < SourcePosition.Path.mostWaypoints else {
      return "a path has at most \(SourcePosition.Path.mostWaypoints) waypoints"
    }
    guard let last = waypoints.last else {
      return waypoint.seconds == 0 ? nil : "at: the first waypoint is at 0s"
    }
    let earliest = last.seconds + shortestStepSeconds
    return waypoint.seconds >= earliest
      ? nil
      : "at: nothing comes or goes in less than 2s; \(Quantity.describe(earliest, .seconds)) or later would do"
  }
}

extension String {
  fileprivate var replacingDashes: String { String(map { $0 == "-" ? " " : $0 }) }
}

extension SourcePosition.Motion {
  /// A motion by its name.
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
  /// The keys under `place`, beside `path`.
  static let parameters: [Parameter<SourcePosition>] = [
    .number("azimuth", \.position.azimuthDegrees, -360...360, .degrees, "0° in front, 90° at the right ear"),
    .number("elevation", \.position.elevationDegrees, -90...90, .degrees, "90° above"),
    .number("distance", \.position.distanceMetres, distancesMetres, .metres, "from the head"),
    .choice("motion", \.motion.name, "how it moves"),
    .number(
      "period", \.periodSeconds, shortestPeriodSeconds...3600, .seconds, "until it is where it began"),
  ]
}

extension SourcePosition.Path.Waypoint {
  /// The keys of a path's waypoint.
  static let parameters: [Parameter<SourcePosition.Path.Waypoint>] = [
    .number("at", \.seconds, 0...3600, .seconds, "since the path's beginning"),
    .number("azimuth", \.position.azimuthDegrees, -360...360, .degrees, "0° in front, 90° at the right ear"),
    .number("elevation", \.position.elevationDegrees, -90...90, .degrees, "90° above"),
    .number("distance", \.position.distanceMetres, SourcePosition.distancesMetres, .metres, "from the head"),
  ]
}
