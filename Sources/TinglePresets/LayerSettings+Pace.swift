import TingleDSP
import TingleMix

extension Trigger {
  /// The parameter that sets the rate of the trigger's events: `pace`, or without one `speed`.
  fileprivate static var paceParameter: Parameter<Self>? {
    parameters.first { $0.name == "pace" } ?? parameters.first { $0.name == "speed" }
  }
}

extension LayerSettings {
  /// The place in words; nil for a layer without a place.
  public var placeText: String? { place.map(PlaceSpec.written) }

  /// The trigger's `pace` or, without one, `speed`, as presets write it; nil for a trigger with neither.
  public var paceText: String? {
    func open<T: Trigger>(_ trigger: T) -> String? { T.paceParameter?.written(in: trigger) }
    return open(trigger)
  }

  /// Changes the trigger's `pace` or, without one, `speed`.
  /// - Parameter change: returns the new value for the current value and the accepted range; the result is
  ///   limited to the range.
  /// - Returns: false for a trigger with neither.
  public mutating func changePace(_ change: (Double, ClosedRange<Double>) -> Double) -> Bool {
    func open<T: Trigger>(_ trigger: T) -> T? {
      guard let parameter = T.paceParameter, case .number(let range, _, _) = parameter.kind,
        case .number(let now) = parameter.get(trigger)
      else { return nil }
      var changed = trigger
      parameter.set(&changed, .number(max(range.lowerBound, min(range.upperBound, change(now, range)))))
      return changed
    }
    guard let changed = open(trigger) as (any Trigger)? else { return false }
    trigger = changed
    return true
  }
}
