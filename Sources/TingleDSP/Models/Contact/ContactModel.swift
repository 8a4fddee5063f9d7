/// The constants of a sliding contact: its grains and its noise.
package struct ContactModel: Sendable {
  /// The frequency range of the grains.
  var bandHz: ClosedRange<Double>
  /// The grains per second at the peak speed of a nominal stroke.
  var grainsPerSecond: Double
  /// The range of the grains' decay time constants.
  var grainSeconds: ClosedRange<Double>
  /// The standard deviation of the grains' level.
  var grainSpreadDB: Double
  /// The share of grains that are tangles: stronger, longer and lower.
  var tangles: Double
  /// The level of the noise, relative to a nominal grain.
  var hissDB: Double
  /// The level of the rumble that the object underneath conducts.
  var rumbleDB: Double
  /// The frequency range of the rumble.
  var rumbleHz: ClosedRange<Double> = 60...500
  /// The gain that makes this contact as loud as the others of its kind.
  var calibrationDB = 0.0
  /// The depth of the random level changes in each noise band: about their standard deviation.
  var unrestDB = 4.0
  /// How regular the grains are: 0 for hairs and fibres, 1 for teeth at equal distances.
  var regularity = 0.0
}
