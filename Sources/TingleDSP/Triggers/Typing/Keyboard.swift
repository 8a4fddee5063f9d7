/// A contact within the run of a key. It has its own random stream, so its sound does not depend on the order
/// of planning.
struct KeyContact: Sendable {
  enum Part: Sendable { case press, release, click, slide }

  /// The time since the start of the voice.
  var seconds = 0.0
  var part = Part.press
  var forceDB = 0.0
  /// A factor on the length of the contact; a soft one is dark.
  var softness = 1.0
  var x = 0.0
  var isWide = false
  var draws = Draws(seed: 0)
}

/// The keys of one keyboard: plates drawn once, and the contacts of a key that is pressed.
struct Keyboard: Sendable {
  let model: KeyModel
  let sampleRate: Double
  private let press, release, click: Plate
  private let gain: Double
  private let hardening: Double
  private let releaseDB: Double
  private let trebleCutDB: Double
  /// Above this frequency a wide key on its stabilisers is softer.
  private static let wideHz = 1500.0

  init(_ settings: Typing, draws: Draws, sampleRate: Double) {
    model = settings.kind.model
    press = Plate(model.press.plate, draws: draws.branch("bottom"))
    release = Plate(model.release.plate, draws: draws.branch("top"))
    click = Plate((model.click ?? model.press).plate, draws: draws.branch("click"))
    gain = 0.3 * Maths.amplitude(dB: settings.intensityDB)
    hardening = Maths.amplitude(dB: 0.3 * settings.intensityDB)
    releaseDB = settings.releaseDB
    trebleCutDB = settings.trebleCutDB
    self.sampleRate = sampleRate
  }

  /// Plans the contacts of a key that reaches the bottom at a time.
  func plan(
    _ key: KeyRun.Key, at seconds: Double, forceDB: Double, into contacts: inout InlineList<96, KeyContact>,
    dice: inout Dice
  ) {
    func add(_ part: KeyContact.Part, _ at: Double, _ dB: Double, softness: Double = 1, x: Double = key.x) {
      contacts.append(
        KeyContact(
          seconds: max(0, at), part: part, forceDB: forceDB + dB, softness: softness, x: x,
          isWide: key.isWide, draws: dice.fork()))
    }
    if model.click != nil { add(.click, seconds - model.clickLeadSeconds * dice.logNormal(sigma: 0.15), 0) }
    add(.slide, seconds - dice.uniform(0.015...0.035), model.slideDB + 3 * dice.clippedGaussian())
    add(.press, seconds, 0)
    for _ in 0..<dice.poisson(mean: model.rattles.perKey) {
      add(
        dice.chance(0.5) ? .press : .release, seconds + dice.logUniform(0.004...0.07),
        model.rattles.levelDB + 4 * dice.clippedGaussian(), softness: dice.uniform(0.8...2),
        x: key.x + 0.2 * dice.clippedGaussian())
    }
    if dice.chance(model.bounce.chance) {
      add(.press, seconds + dice.uniform(0.012...0.03), model.bounce.levelDB + 3 * dice.clippedGaussian())
    }
    // The stabilisers of a wide key rattle.
    if key.isWide {
      add(.press, seconds + dice.uniform(0.003...0.008), -5, x: key.x - 0.3)
      add(.release, seconds + dice.uniform(0.01...0.02), -2, x: key.x + 0.3)
    }
    let hold = model.holdSeconds * dice.logNormal(sigma: 0.25)
    add(.release, seconds + hold, releaseDB + 2.5 * dice.clippedGaussian())
    // The carriage steps as the type bar falls back.
    if let levelDB = model.carriageDB {
      add(.release, seconds + dice.uniform(0.025...0.04), levelDB + 2 * dice.clippedGaussian())
    }
    // Fingers touch their keys before they press, and brush others.
    for _ in 0..<dice.poisson(mean: model.touches.perKey) {
      add(
        dice.chance(0.5) ? .press : .release, seconds + dice.uniform(-0.09...0.16),
        model.touches.levelDB + 5 * dice.clippedGaussian(), softness: dice.uniform(1...2.5),
        x: key.x + 0.3 * dice.clippedGaussian())
    }
  }

  /// Plans what happens after the last key of a run: fingers that come to rest, and a carriage that returns,
  /// with the teeth of a ratchet, then a stop.
  func planRest(after seconds: Double, into contacts: inout InlineList<96, KeyContact>, dice: inout Dice) {
    for _ in 0..<dice.whole(2...5) {
      contacts.append(
        KeyContact(
          seconds: seconds + dice.uniform(0.12...0.6), part: dice.chance(0.5) ? .press : .slide,
          forceDB: model.touches.levelDB + 4 * dice.clippedGaussian(), softness: dice.uniform(1...2.5),
          x: dice.uniform(-0.6...0.6), draws: dice.fork()))
    }
    guard let levelDB = model.carriageDB else { return }
    let start = seconds + dice.uniform(0.3...0.4)
    let length = dice.uniform(0.4...0.6)
    let teeth = 24
    for k in 0..<teeth {
      // The hand speeds up, and slows down before the stop.
      let share = (Double(k) + 0.5) / Double(teeth)
      let time = start + length * (share - 0.08 * Maths.sinCos(turns: share).sin)
      contacts.append(
        KeyContact(
          seconds: time + 0.002 * dice.gaussian(), part: .release,
          forceDB: levelDB - 6 + 2 * dice.clippedGaussian(), softness: dice.uniform(0.8...1.4),
          x: 0.6 * (1 - 2 * share), draws: dice.fork()))
    }
    contacts.append(
      KeyContact(
        seconds: start + length + 0.03, part: .press, forceDB: levelDB, softness: 2.5, x: -0.6, isWide: true,
        draws: dice.fork()))
  }

  /// Starts a contact.
  func start(
    _ contact: KeyContact, delayFrames: Int, strikes: inout InlineList<20, Strike>,
    noises: inout SplashBank
  ) {
    var dice = Dice(contact.draws)
    let impact = constants(of: contact.part)
    let amplitude = gain * Maths.amplitude(dB: contact.forceDB + impact.levelDB)
    let seconds =
      impact.contactSeconds * contact.softness
      / (hardening * Maths.amplitude(dB: 0.25 * contact.forceDB)) * dice.logNormal(sigma: 0.12)
    let balance = 0.35 * contact.x
    let (isWide, cutDB) = (contact.isWide, trebleCutDB)
    func response(_ hz: Double) -> Double {
      let ratio = hz / Self.wideHz
      return Maths.amplitude(dB: -TrebleCut.attenuationDB(cutDB, atHz: hz))
        * (isWide ? 1.5 / (1 + ratio * ratio).squareRoot() : 1)
    }
    if contact.part != .slide {
      strikes.append(strike(contact, impact, amplitude, seconds, delayFrames, response, &dice))
    }
    let band = impact.noise.bandHz
    let shift = (isWide ? 0.7 : 1) / contact.softness.squareRoot()
    func burst(_ decaySeconds: Double, _ onsetSeconds: Double, _ levelDB: Double, _ shift: Double) {
      let low = band.lowerBound * shift * dice.logNormal(sigma: model.scatter)
      let high = max(1.5 * low, band.upperBound * shift * dice.logNormal(sigma: model.scatter))
      noises.add(
        Splash(
          bandHz: low...high, decaySeconds: decaySeconds * dice.logNormal(sigma: 0.2),
          onsetSeconds: onsetSeconds,
          amplitude: amplitude * response((low * high).squareRoot()) * Maths.amplitude(dB: levelDB),
          balance: balance, draws: dice.fork(), sampleRate: sampleRate), delayFrames: delayFrames)
    }
    guard contact.part != .slide else { return burst(0.015, 0.012, 0, 1.3) }
    burst(impact.noise.decaySeconds, seconds, impact.noise.levelDB, shift)
    // A faint contact leaves nothing to be heard.
    if contact.forceDB > -12 { burst(model.tail.seconds, 0.004, model.tail.levelDB, 0.4 * shift) }
  }

  /// The modes of a contact: six of the plate, and two of the case and the table.
  private func strike(
    _ contact: KeyContact, _ impact: KeyImpact, _ amplitude: Double, _ seconds: Double, _ delayFrames: Int,
    _ response: (Double) -> Double, _ dice: inout Dice
  ) -> Strike {
    let balance = 0.35 * contact.x
    var strike = plate(of: contact.part).strike(
      at: 0.5 + 0.48 * max(-1, min(1, contact.x)), amplitude: amplitude, contactSeconds: seconds, damping: 1,
      balance: balance, delayFrames: delayFrames, dice: &dice, sampleRate: sampleRate, gain: response)
    for k in 0..<2 {
      let hz = impact.thud.hz * (k == 0 ? 1 : 2.3) * dice.logNormal(sigma: 0.08)
      strike.modes.set(
        6 + k, frequencyHz: hz,
        dampingPerSecond: Mode.dampingPerSecond(t60Seconds: impact.thud.t60Seconds * (k == 0 ? 1 : 0.6)),
        gain: amplitude * Maths.amplitude(dB: impact.thud.levelDB - (k == 0 ? 0 : 4))
          * dice.gain(spreadDB: 2),
        phaseTurns: -0.25, balance: 0.5 * balance, floor: 4e-3 * amplitude, sampleRate: sampleRate)
    }
    return strike
  }

  private func constants(of part: KeyContact.Part) -> KeyImpact {
    switch part {
    case .press, .slide: model.press
    case .release: model.release
    case .click: model.click ?? model.press
    }
  }

  private func plate(of part: KeyContact.Part) -> Plate {
    switch part {
    case .press, .slide: press
    case .release: release
    case .click: click
    }
  }
}
