/// What is typed on.
public enum TypingKind: String, Choice {
  case laptop, linear, clicky, thocky, typewriter, controller, mouse

  /// The time that a typewriter's carriage takes to return after each run; 0 for the others.
  var carriageSeconds: Double { self == .typewriter ? 1 : 0 }

  /// The gain that makes all kinds equally loud.
  var calibrationDB: Double {
    switch self {
    case .laptop: -0.1
    case .linear: -0.4
    case .clicky: -0.5
    case .thocky: -1.3
    case .typewriter: -1.3
    case .controller: 1.3
    case .mouse: 2.1
    }
  }

  /// The constants of the keys.
  var model: KeyModel {
    switch self {
    case .laptop: Self.laptopModel
    case .linear: Self.linearModel
    case .clicky: Self.clickyModel
    case .thocky: Self.thockyModel
    case .typewriter: Self.typewriterModel
    case .controller: Self.controllerModel
    case .mouse: Self.mouseModel
    }
  }
}

extension TypingKind {
  /// Flat keys on a thin plate: fitted to recordings.
  private static var laptopModel: KeyModel {
    let noise = KeyNoise(
      bandHz: 2810...5140, decaySeconds: 3.48e-3, levelDB: -5.47)
    return KeyModel(
      press: KeyImpact(
        levelDB: 0, contactSeconds: 0.0853e-3,
        plate: .init(
          rangeHz: 2500...5000, modes: 28, tiltDBPerOctave: 1.49,
          t60Seconds: (0.05, 0.0392)),
        thud: .init(hz: 81.2, t60Seconds: 0.1, levelDB: -16.8), noise: noise),
      release: KeyImpact(
        levelDB: -9.52, contactSeconds: 0.1e-3,
        plate: .init(
          rangeHz: 337...8660, modes: 28, tiltDBPerOctave: 1.49,
          t60Seconds: (0.05, 0.0392)),
        thud: .init(hz: 81.2, t60Seconds: 0.1, levelDB: -20.8), noise: noise),
      holdSeconds: 0.0974, bounce: (0.671, -16.8), touches: (-21.8, 4.1),
      slideDB: -20.1, rattles: (3, -13), tail: (-24.9, 0.0199),
      scatter: 0.0897, spreadDB: 4.7)
  }

  /// Mechanical switches without a click, in a case with a steel plate.
  private static var linearModel: KeyModel {
    var model = laptopModel
    model.press.contactSeconds = 0.15e-3
    model.press.plate.rangeHz = 1100...4500
    model.press.plate.t60Seconds = (0.045, 0.03)
    model.press.thud = .init(hz: 130, t60Seconds: 0.08, levelDB: -10)
    model.press.noise = .init(bandHz: 1800...5000, decaySeconds: 3.6e-3, levelDB: -5)
    model.release.levelDB = -8
    model.release.plate.rangeHz = 400...5000
    model.release.noise = .init(bandHz: 1200...4000, decaySeconds: 3.6e-3, levelDB: -6)
    return model
  }

  /// The same with the click of a jacket that snaps on the way down and, softer, on the way up.
  private static var clickyModel: KeyModel {
    var model = linearModel
    model.click = KeyImpact(
      levelDB: -4, contactSeconds: 60e-6,
      plate: .init(rangeHz: 2800...8000, modes: 24, tiltDBPerOctave: 0, t60Seconds: (0.025, 0.015)),
      thud: .init(hz: 200, t60Seconds: 0.02, levelDB: -26),
      noise: .init(bandHz: 2800...8000, decaySeconds: 1.8e-3, levelDB: -4))
    model.release.plate.rangeHz = 2200...8000
    model.release.contactSeconds = 0.1e-3
    model.release.noise.bandHz = 2400...7000
    return model
  }

  /// Heavy caps on a soft plate in a damped case.
  private static var thockyModel: KeyModel {
    var model = linearModel
    model.press.contactSeconds = 0.2e-3
    model.press.plate.rangeHz = 900...3800
    model.press.plate.tiltDBPerOctave = -1.5
    model.press.thud = .init(hz: 120, t60Seconds: 0.07, levelDB: -6)
    model.press.noise = .init(bandHz: 900...3200, decaySeconds: 3.6e-3, levelDB: -6)
    model.release.plate.rangeHz = 300...2600
    model.release.noise.bandHz = 700...2600
    return model
  }

  /// Type bars that strike the platen, a carriage that steps after each letter and returns after each line.
  private static var typewriterModel: KeyModel {
    let press = KeyImpact(
      levelDB: 0, contactSeconds: 85e-6,
      plate: .init(
        rangeHz: 2600...7500, modes: 28, tiltDBPerOctave: 2,
        t60Seconds: (0.05, 0.039)),
      thud: .init(hz: 200, t60Seconds: 0.06, levelDB: -26),
      noise: .init(bandHz: 3300...8000, decaySeconds: 6e-3, levelDB: -4))
    var release = press
    release.levelDB = -7
    release.contactSeconds = 0.15e-3
    release.plate.rangeHz = 1200...8000
    return KeyModel(
      press: press, release: release, holdSeconds: 0.1, bounce: (0.7, -10),
      touches: (-20, 3), slideDB: -24, rattles: (6, -13),
      tail: (-14, 0.06), scatter: 0.3, spreadDB: 2.5, carriageDB: -8)
  }

  /// Buttons on rubber domes, and sticks.
  private static var controllerModel: KeyModel {
    let press = KeyImpact(
      levelDB: 0, contactSeconds: 0.22e-3,
      plate: .init(rangeHz: 900...4200, modes: 20, tiltDBPerOctave: -1, t60Seconds: (0.03, 0.018)),
      thud: .init(hz: 210, t60Seconds: 0.04, levelDB: -11),
      noise: .init(bandHz: 1100...4200, decaySeconds: 3e-3, levelDB: -5))
    var release = press
    release.levelDB = -6
    release.plate.rangeHz = 700...3600
    return KeyModel(
      press: press, release: release, holdSeconds: 0.13, bounce: (0.4, -14), touches: (-20, 3), slideDB: -22,
      rattles: (3, -14), tail: (-26, 0.02), scatter: 0.3, spreadDB: 4)
  }

  /// A micro switch: sharp, and nearly as loud when it is let go.
  private static var mouseModel: KeyModel {
    let press = KeyImpact(
      levelDB: 0, contactSeconds: 0.12e-3,
      plate: .init(rangeHz: 700...6500, modes: 24, tiltDBPerOctave: -1, t60Seconds: (0.03, 0.015)),
      thud: .init(hz: 190, t60Seconds: 0.05, levelDB: -12),
      noise: .init(bandHz: 1800...6500, decaySeconds: 2.5e-3, levelDB: -4))
    var release = press
    release.levelDB = -4
    release.plate.rangeHz = 1000...7500
    return KeyModel(
      press: press, release: release, holdSeconds: 0.1, bounce: (0.4, -15), touches: (-22, 3), slideDB: -20,
      rattles: (2, -15), tail: (-26, 0.02), scatter: 0.3, spreadDB: 3)
  }
}
