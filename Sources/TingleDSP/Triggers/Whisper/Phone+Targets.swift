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
      aspiration: Double, _ source: FricationNoise.Source, _ fricationDB: Double, manner: Manner = .stop,
      closureDB: Double = -100
    ) -> PhoneTargets {
      PhoneTargets(
        manner: manner, formants: SIMD4(300, f2, f3, f4), glide: nil, locusSlope: slope,
        seconds: closure / 1000, aspirationDB: closureDB, fricationDB: fricationDB,
        fricationSource: source, burstSeconds: burst / 1000, aspirationSeconds: aspiration / 1000)
    }
    switch self {
    case .iy: return vowel(291, 2295, 2984, 3700, 201, dB: 1)
    case .ih: return vowel(366, 1913, 2753, 3600, 119, dB: 1.3)
    case .eh: return vowel(577, 1776, 2681, 3600, 116, dB: 2.1)
    case .ae: return vowel(731, 1859, 2306, 3550, 193, dB: -1.6)
    case .aa: return vowel(772, 1018, 2419, 3450, 228, dB: 1.2)
    case .ao: return vowel(540, 759, 2494, 3350, 182, dB: -2)
    case .uh: return vowel(402, 1078, 2457, 3350, 91, dB: 1.8)
    case .uw: return vowel(308, 993, 2550, 3300, 158, dB: 1.8)
    case .ah: return vowel(617, 1161, 2477, 3500, 90, dB: 1.9)
    case .ax: return vowel(499, 1413, 2435, 3500, 58, dB: -1.7)
    case .er: return vowel(483, 1117, 1485, 3050, 145, dB: 4.7)
    case .ey: return vowel(401, 1945, 2603, 3600, 233, glide: SIMD4(335, 2293, 2750, 3650), dB: 0.64)
    case .ay: return vowel(781, 1130, 2602, 3500, 220, glide: SIMD4(387, 1795, 2600, 3600), dB: 0.17)
    case .oy: return vowel(555, 913, 2431, 3350, 253, glide: SIMD4(389, 1923, 2550, 3600), dB: 0.64)
    case .aw: return vowel(816, 1325, 2514, 3450, 214, glide: SIMD4(459, 814, 2350, 3350), dB: -1.9)
    case .ow: return vowel(474, 981, 2499, 3350, 265, glide: SIMD4(274, 966, 2350, 3300), dB: 3.3)
    case .ue: return vowel(285, 1850, 2350, 3300, 181)
    case .oe: return vowel(380, 1600, 2200, 3300, 181)
    case .oeh: return vowel(550, 1500, 2300, 3350, 145)
    case .ui: return vowel(320, 1300, 2300, 3350, 157)
    case .ix: return vowel(320, 1600, 2400, 3450, 121)
    case .w: return sonorant(.liquid, 252, 498, 2401, 3250, slope: 0.07, 98, 1.3)
    case .y: return sonorant(.liquid, 182, 2752, 2784, 3700, slope: 0.06, 82, -5.1)
    case .r: return sonorant(.liquid, 360, 883, 1272, 3000, slope: 0.07, 69, 2)
    case .rr: return sonorant(.liquid, 422, 1300, 2450, 3500, slope: 0.2, 88, 0.86)
    case .l: return sonorant(.liquid, 268, 1189, 3129, 3750, slope: 0.15, 100, 4.7)
    case .hh: return sonorant(.aspirate, 500, 1400, 2450, 3500, slope: 1, 95, -4.7)
    case .m: return sonorant(.nasal, 145, 818, 2120, 3350, slope: 0.13, 101, -0.15)
    case .n: return sonorant(.nasal, 229, 1319, 2550, 3650, slope: 0.095, 84, 4.7)
    case .ng: return sonorant(.nasal, 250, 2285, 2750, 3450, slope: 0.16, 113, -8.8)
    case .f: return fricative(849, 2200, 3300, slope: 0.27, 116, .labial, -3.6)
    case .v: return fricative(1050, 2200, 3300, slope: 0.24, 64, .labial, -12.4, aspirationDB: -20.9)
    case .th: return fricative(1184, 2600, 3700, slope: 0.44, 148, .dental, -15.1)
    case .dh: return fricative(1218, 2600, 3700, slope: 0.2, 66, .dental, -17.3, aspirationDB: -15.8)
    case .s: return fricative(1501, 2650, 3750, slope: 0.24, 155, .alveolar, -0.497)
    case .z: return fricative(1513, 2650, 3750, slope: 0.3, 68, .alveolar, 1.3, aspirationDB: -8.1)
    case .sh: return fricative(1886, 2600, 3500, slope: 0.27, 130, .postalveolar, 10.6)
    case .zh: return fricative(1850, 2600, 3500, slope: 0.24, 119, .postalveolar, 8.3, aspirationDB: -12.6)
    case .cx: return fricative(2100, 2900, 3500, slope: 0.3, 119, .palatal, 4)
    case .xx: return fricative(1400, 2300, 3400, slope: 0.6, 109, .velar, -2)
    case .p:
      return stop(
        818, 2150, 3250, slope: 0.4, closure: 107, burst: 15.6, aspiration: 11.4, .labialBurst, -11.5)
    case .b:
      return stop(
        827, 2150, 3250, slope: 0.43, closure: 129, burst: 5.3, aspiration: 0, .labialBurst, -15.3,
        closureDB: -24.5)
    case .t:
      return stop(
        1403, 2700, 3700, slope: 0.29, closure: 84, burst: 18.3, aspiration: 6, .alveolarBurst, -4.2)
    case .d:
      return stop(
        1560, 2700, 3700, slope: 0.16, closure: 51, burst: 8.1, aspiration: 0, .alveolarBurst, -3.6,
        closureDB: -29.4)
    case .k:
      return stop(0, 0, 3400, slope: 0.95, closure: 70, burst: 36.6, aspiration: 11.7, .velarBurstMid, -3.4)
    case .g:
      return stop(
        0, 0, 3400, slope: 0.33, closure: 65, burst: 20.3, aspiration: 0, .velarBurstMid, -7.4,
        closureDB: -22.4)
    case .ch:
      return stop(
        1619, 2600, 3500, slope: 0.24, closure: 70, burst: 150, aspiration: 0, .postalveolar, 4.2,
        manner: .affricate, closureDB: -19)
    case .jh:
      return stop(
        1979, 2600, 3500, slope: 0.24, closure: 39.3, burst: 60, aspiration: 0, .postalveolar, 1.7,
        manner: .affricate, closureDB: -19)
    }
  }
}
