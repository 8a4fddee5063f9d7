/// The attenuation of high frequencies by a window, a wall or a door.
enum TrebleCut {
  /// The attenuation at a frequency in hertz for a treble cut of `cutDB`, in decibels: none below 1 kHz, the
  /// cut itself at 5 kHz.
  static func attenuationDB(_ cutDB: Double, atHz hz: Double) -> Double {
    cutDB * max(0, min(1.3, 0.42 * Maths.log2(hz / 1000)))
  }
}
