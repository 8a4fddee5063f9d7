/// The damped modes of one of the two sounds of a heart.
struct HeartSound: Sendable {
  /// The frequency, the decay time (T60) and the level of each mode.
  var modes: InlineArray<6, (hz: Double, t60: Double, dB: Double)>

  /// The valves between the chambers close.
  static var first: Self {
    Self(modes: [
      (41, 0.26, -4), (54, 0.24, 0), (71, 0.2, -1), (98, 0.16, -4), (132, 0.13, -8), (168, 0.11, -13),
    ])
  }

  /// The valves of the arteries close.
  static var second: Self {
    Self(modes: [
      (48, 0.2, -5), (66, 0.18, -1), (88, 0.15, -1), (121, 0.12, -5), (165, 0.1, -9), (205, 0.08, -15),
    ])
  }
}
