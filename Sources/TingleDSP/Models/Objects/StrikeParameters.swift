/// The parameters of one strike of a tool on an object.
struct StrikeParameters: Sendable {
  /// v, 1 for a nominal tap. A harder strike has a shorter contact and so is brighter.
  var force = 0.0
  /// The contact point on the object, 0 ... 1.
  var position = 0.0
  /// A factor on the contact time: above 1 for a softer part of the hand.
  var softness = 1.0
}
