extension Surface {
  /// The constants of the surface.
  ///
  /// Damping and spectra of wood, glass, ceramic, metal, plastic, cardboard, paper and leather follow fits to
  /// measured objects: the tables of ThreeDWorld's PyImpact, after Traer and others.
  var model: SurfaceModel {
    switch self {
    case .wood:
      SurfaceModel(
        damping: (4.3, 1.5e-5), rangeHz: 180...9000, modes: 24, tiltDBPerOctave: -1.5,
        thud: (150, 0.045, -3), burst: (-3, 6000), yielding: 1, slide: (1200...7000, -38))
    case .softwood:
      SurfaceModel(
        damping: (4.25, 0.2e-5), rangeHz: 280...6000, modes: 20, tiltDBPerOctave: 0.5,
        thud: (190, 0.06, -4), burst: (-6, 4500), yielding: 1.35, slide: (900...5500, -36))
    case .hardwood:
      SurfaceModel(
        damping: (3.85, 1.5e-5), rangeHz: 420...9500, modes: 22, tiltDBPerOctave: -2.3,
        thud: (170, 0.04, -8), burst: (-5, 7000), yielding: 0.9, slide: (1500...8000, -41))
    case .book:
      SurfaceModel(
        damping: (5.3, 0.5e-5), rangeHz: 120...6000, modes: 18, tiltDBPerOctave: -4,
        thud: (120, 0.05, -1), burst: (-3, 5500), yielding: 1.1, slide: (1500...6000, -38))
    case .box:
      SurfaceModel(
        damping: (4.52, 1.2e-5), rangeHz: 170...5000, modes: 20, tiltDBPerOctave: -6,
        thud: (210, 0.07, -1), burst: (-2, 5000), yielding: 1.2, slide: (1000...6500, -36))
    case .leather:
      SurfaceModel(
        damping: (4.7, 0.1e-5), rangeHz: 240...4200, modes: 14, tiltDBPerOctave: -5,
        thud: (95, 0.06, 0), burst: (-7, 3000), yielding: 1.7, slide: (700...4500, -36))
    case .cork:
      SurfaceModel(
        damping: (5.7, 0.8e-5), rangeHz: 250...3500, modes: 16, tiltDBPerOctave: -3,
        thud: (230, 0.03, 1), burst: (-8, 3000), yielding: 1.3, slide: (800...5000, -34))
    case .glass:
      SurfaceModel(
        damping: (3.7, 1.4e-5), rangeHz: 900...13000, modes: 20, tiltDBPerOctave: 1,
        thud: (250, 0.03, -14), burst: (-5, 9000), yielding: 0.9, slide: (2500...9000, -46))
    case .ceramic:
      SurfaceModel(
        damping: (4.3, 0.6e-5), rangeHz: 700...11000, modes: 18, tiltDBPerOctave: -2.5,
        thud: (220, 0.03, -8), burst: (-5, 9000), yielding: 0.9, slide: (1800...8000, -42))
    case .tin:
      SurfaceModel(
        damping: (3.3, 1e-5), rangeHz: 450...12000, modes: 24, tiltDBPerOctave: 2,
        thud: (320, 0.06, -9), burst: (-7, 9000), yielding: 0.9, slide: (2000...9000, -44))
    case .plastic:
      SurfaceModel(
        damping: (4.7, 1.2e-5), rangeHz: 350...9000, modes: 20, tiltDBPerOctave: -3,
        thud: (200, 0.03, -8), burst: (-3, 7000), yielding: 1, slide: (1500...8000, -40))
    case .thinPlastic:
      SurfaceModel(
        damping: (5.0, 1e-5), rangeHz: 800...9500, modes: 16, tiltDBPerOctave: 0,
        thud: (380, 0.03, -6), burst: (0, 9000), yielding: 1.1, slide: (2000...9500, -38))
    case .phone:
      SurfaceModel(
        damping: (5.2, 0.7e-5), rangeHz: 500...10000, modes: 14, tiltDBPerOctave: -1,
        thud: (175, 0.02, -1), burst: (-7, 8000), yielding: 0.9, slide: (2500...9000, -45))
    case .microphone:
      SurfaceModel(
        damping: (5.0, 1e-5), rangeHz: 90...3000, modes: 20, tiltDBPerOctave: -5,
        thud: (80, 0.07, -8), burst: (2, 3000), yielding: 1.8, slide: (250...3000, -30))
    }
  }
}
