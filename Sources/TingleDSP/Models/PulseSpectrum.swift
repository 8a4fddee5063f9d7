/// Magnitude spectra of contact pulses with unit area: how strongly a contact excites a mode.
enum PulseSpectrum {
  /// A Hann pulse, at a frequency given in cycles per pulse length.
  static func hann(_ cycles: Double) -> Double {
    guard cycles > 1e-3 else { return 1 }
    let offset = 1 - cycles * cycles
    guard abs(offset) > 1e-4 else { return 0.5 }
    return abs(Maths.sinCos(turns: cycles / 2).sin / (.pi * cycles * offset))
  }

  /// A half sine, at a frequency given in cycles per pulse length.
  static func halfSine(_ cycles: Double) -> Double {
    let offset = 1 - 4 * cycles * cycles
    guard abs(offset) > 1e-4 else { return .pi / 4 }
    return abs(Maths.sinCos(turns: cycles / 2).cos / offset)
  }
}
