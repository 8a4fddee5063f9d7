extension Phone {
  /// The targets of each phone, tuned by listening and by automatic speech recognition.
  ///
  /// Vowels after G. E. Peterson and H. L. Barney (JASA 24, 1952) and their successors; consonant loci after
  /// D. H. Klatt (JASA 67, 1980) and H. M. Sussman et al. (JASA 90, 1991).
  var targets: PhoneTargets {
    func vowel(
      _ f1: Double, _ f2: Double, _ f3: Double, _ f4: Double, _ ms: Double, glide: SIMD4<Double>? = nil,
      dB: Double = 0
    ) -> PhoneTargets {
      PhoneTargets(
        manner: .vowel, formants: SIMD4(f1, f2, f3, f4), glide: glide, locusSlope: 0, seconds: ms / 1000,
        aspirationDB: dB, fricationDB: -100, fricationSource: nil, burstSeconds: 0, aspirationSeconds: 0)
    }
    func sonorant(
      _ manner: Manner, _ f1: Double, _ f2: Double, _ f3: Double, _ f4: Double, slope: Double, _ ms: Double,
      _ dB: Double
    ) -> PhoneTargets {
      PhoneTargets(
        manner: manner, formants: SIMD4(f1, f2, f3, f4), glide: nil, locusSlope: slope, seconds: ms / 1000,
        aspirationDB: dB, fricationDB: -100, fricationSource: nil, burstSeconds: 0, aspirationSeconds: 0)
    }
    func fricative(
      _ f2: Double, _ f3: Double, _ f4: Double, slope: Double, _ ms: Double, _ source: FricationNoise.Source,
      _ fricationDB: Double, aspirationDB: Double = -100
    ) -> PhoneTargets {
      PhoneTargets(
        manner: .fricative, formants: SIMD4(330, f2, f3, f4), glide: nil, locusSlope: slope,
        seconds: ms / 1000, aspirationDB: aspirationDB, fricationDB: fricationDB, fricationSource: source,
        burstSeconds: 0, aspirationSeconds: 0)
    }
    func stop(
      _ f2: Double, _ f3: Double, _ f4: Double, slope: Double, closure: Double, burst: Double,
      aspiration: Double, _ source: FricationNoise.Source, _ fricationDB: Double, manner: Manner = .stop
    ) -> PhoneTargets {
      PhoneTargets(
        manner: manner, formants: SIMD4(300, f2, f3, f4), glide: nil, locusSlope: slope,
        seconds: closure / 1000, aspirationDB: aspiration > 0 ? -100 : -19, fricationDB: fricationDB,
        fricationSource: source, burstSeconds: burst / 1000, aspirationSeconds: aspiration / 1000)
    }
    switch self {
    case .iy: return vowel(285, 2270, 3000, 3700, 150)
    case .ih: return vowel(410, 2000, 2580, 3600, 105)
    case .eh: return vowel(560, 1800, 2500, 3600, 120)
    case .ae: return vowel(680, 1730, 2430, 3550, 165)
    case .aa: return vowel(740, 1150, 2480, 3450, 170)
    case .ao: return vowel(590, 900, 2450, 3350, 170)
    case .uh: return vowel(455, 1080, 2300, 3350, 110)
    case .uw: return vowel(320, 950, 2250, 3300, 150)
    case .ah: return vowel(630, 1210, 2450, 3500, 105)
    case .ax: return vowel(500, 1400, 2450, 3500, 65, dB: -3)
    case .er: return vowel(470, 1320, 1680, 3050, 150)
    case .ey: return vowel(490, 1950, 2560, 3600, 175, glide: SIMD4(340, 2230, 2750, 3650))
    case .ay: return vowel(730, 1200, 2480, 3500, 195, glide: SIMD4(380, 2100, 2600, 3600))
    case .oy: return vowel(560, 880, 2420, 3350, 200, glide: SIMD4(380, 2050, 2550, 3600))
    case .aw: return vowel(730, 1300, 2480, 3450, 195, glide: SIMD4(420, 930, 2350, 3350))
    case .ow: return vowel(530, 1010, 2400, 3350, 175, glide: SIMD4(370, 850, 2350, 3300))
    case .ue: return vowel(285, 1850, 2350, 3300, 150)
    case .oe: return vowel(380, 1600, 2200, 3300, 150)
    case .oeh: return vowel(550, 1500, 2300, 3350, 120)
    case .ui: return vowel(320, 1300, 2300, 3350, 130)
    case .ix: return vowel(320, 1600, 2400, 3450, 100)
    case .w: return sonorant(.liquid, 300, 640, 2200, 3250, slope: 0.07, 144, 0)
    case .y: return sonorant(.liquid, 270, 2350, 3020, 3700, slope: 0.06, 128, 4.5)
    case .r: return sonorant(.liquid, 330, 1100, 1420, 3000, slope: 0.07, 128, 2)
    case .rr: return sonorant(.liquid, 430, 1300, 2450, 3500, slope: 0.2, 100, 3)
    case .l: return sonorant(.liquid, 300, 1080, 2980, 3750, slope: 0.15, 112, 4.5)
    case .hh: return sonorant(.aspirate, 500, 1400, 2450, 3500, slope: 1, 75, -9)
    case .m: return sonorant(.nasal, 160, 1050, 2120, 3350, slope: 0.21, 75, -7.3)
    case .n: return sonorant(.nasal, 160, 1500, 2550, 3650, slope: 0.15, 70, -5.3)
    case .ng: return sonorant(.nasal, 160, 2300, 2750, 3450, slope: 0.27, 80, -5.3)
    case .f: return fricative(950, 2200, 3300, slope: 0.33, 105, .labial, -10.5)
    case .v: return fricative(950, 2200, 3300, slope: 0.45, 99, .labial, -13.5, aspirationDB: -13)
    case .th: return fricative(1300, 2600, 3700, slope: 0.27, 105, .dental, -16)
    case .dh: return fricative(1300, 2600, 3700, slope: 0.27, 99, .dental, -19, aspirationDB: -11)
    case .s: return fricative(1600, 2650, 3750, slope: 0.21, 120, .alveolar, -0.5)
    case .z: return fricative(1600, 2650, 3750, slope: 0.21, 113, .alveolar, -3, aspirationDB: -12)
    case .sh: return fricative(1850, 2600, 3500, slope: 0.24, 125, .postalveolar, 9.8)
    case .zh: return fricative(1850, 2600, 3500, slope: 0.24, 119, .postalveolar, 6.8, aspirationDB: -9.5)
    case .cx: return fricative(2100, 2900, 3500, slope: 0.3, 115, .palatal, 3)
    case .xx: return fricative(1400, 2300, 3400, slope: 0.6, 105, .velar, -3)
    case .p:
      return stop(850, 2150, 3250, slope: 0.39, closure: 75, burst: 8, aspiration: 23, .labialBurst, -12)
    case .b:
      return stop(900, 2150, 3250, slope: 0.5, closure: 60, burst: 7, aspiration: 0, .labialBurst, -13.5)
    case .t:
      return stop(1580, 2700, 3700, slope: 0.24, closure: 60, burst: 14, aspiration: 26, .alveolarBurst, 0)
    case .d:
      return stop(1830, 2700, 3700, slope: 0.2, closure: 48, burst: 11, aspiration: 0, .alveolarBurst, -1.5)
    case .k: return stop(0, 0, 3400, slope: 0.45, closure: 65, burst: 24, aspiration: 28, .velarBurstMid, -3)
    case .g: return stop(0, 0, 3400, slope: 0.45, closure: 52, burst: 19, aspiration: 0, .velarBurstMid, -4.5)
    case .ch:
      return stop(
        1680, 2600, 3500, slope: 0.24, closure: 60, burst: 75, aspiration: 0, .postalveolar, 4,
        manner: .affricate)
    case .jh:
      return stop(
        1850, 2600, 3500, slope: 0.24, closure: 48, burst: 48, aspiration: 0, .postalveolar, 1,
        manner: .affricate)
    }
  }
}
