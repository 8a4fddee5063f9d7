import TingleDSP

/// Where a layer sits between the ears, as two gains of constant power.
struct Pan: Sendable {
  let gains: SIMD2<Float>

  /// - Parameters:
  ///   - azimuthDegrees: -90 (left ear) ... 90 (right ear).
  ///   - gainDB: what the layer is amplified by.
  init(azimuthDegrees: Double, gainDB: Double) {
    let turns = (max(-90, min(90, azimuthDegrees)) + 90) / 720
    let (right, left) = Maths.sinCos(turns: turns)
    // A centred layer keeps its level in either ear.
    let gain = Maths.amplitude(dB: gainDB) * 2.0.squareRoot()
    gains = SIMD2(Float(gain * left), Float(gain * right))
  }
}
