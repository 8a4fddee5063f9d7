/// A stretch of speech as the tract sees it: segments one after the other, each with where it starts and what it asks.
struct Utterance: Sendable {
  /// A stretch in which the tract does one thing.
  struct Segment: Sendable {
    var start = 0.0
    var seconds = 0.0
    /// Formants when it begins and when it ends, as whispered.
    var from = SIMD4<Double>(621, 1594, 2657, 3500)
    var to = SIMD4<Double>(621, 1594, 2657, 3500)
    /// How far from its edges the formants have arrived.
    var inset = 0.02
    /// How the way from the segment before is bent, formant by formant: 1 evenly, above it late, below it early.
    var bend = SIMD4<Double>(repeating: 1)
    /// Widens the resonances.
    var widening = 1.0
    /// Breath through the tract, and noise at the constriction, as amplitudes.
    var breath = 0.0
    var hiss = 0.0
    var kind = Hiss.Kind.inhale
    /// Time constants with which the noise comes and goes.
    var riseSeconds = 0.008
    var fallSeconds = 0.008
    /// How long before its end the noise begins to go.
    var tailSeconds = 0.008
    /// How deep the tongue's beating against the ridge cuts into the breath, 0 to 1: a rolled r.
    var flutter = 0.0
    /// The nose's zero, 0 when it is shut off.
    var nasalZeroHz = 0.0
  }

  private var segments = InlineList<320, Segment>(repeating: Segment())
  /// When all is said.
  private(set) var endSeconds: Double
  private var index = 0

  /// Silence from the beginning until `start`.
  init(startSeconds start: Double) { endSeconds = start }

  /// Adds silence.
  mutating func pause(_ seconds: Double) { endSeconds += seconds }

  /// Adds a segment.
  mutating func add(_ segment: Segment) {
    var placed = segment
    placed.start = endSeconds
    guard segments.append(placed) else { return }
    endSeconds += segment.seconds
  }

  /// The segment that sounds at a time, or nil in a pause; times must not go back.
  mutating func segment(at time: Double) -> Utterance.Segment? {
    while index + 1 < segments.count, time >= segments[index + 1].start { index += 1 }
    guard index < segments.count else { return nil }
    let segment = segments[index]
    return time >= segment.start && time < segment.start + segment.seconds ? segment : nil
  }

  /// The formants at a time within the last segment asked for: arrived in its middle, on the way at its edges.
  ///
  /// Mutating only so that it reads in place: otherwise the compiler copies all the segments at each call.
  mutating func formants(at time: Double) -> SIMD4<Double> {
    let here = segments[index]
    let inset = min(here.inset, 0.4 * here.seconds)
    let (begins, ends) = (here.start + inset, here.start + here.seconds - inset)
    if time < begins, index > 0 {
      let before = segments[index - 1]
      let left = before.start + before.seconds - min(before.inset, 0.4 * before.seconds)
      return mixed(before.to, here.from, (time - left) / max(1e-3, begins - left), bend: here.bend)
    }
    if time > ends, index + 1 < segments.count {
      let after = segments[index + 1]
      let arrives = after.start + min(after.inset, 0.4 * after.seconds)
      return mixed(here.to, after.from, (time - ends) / max(1e-3, arrives - ends), bend: after.bend)
    }
    return mixed(here.from, here.to, (time - begins) / max(1e-3, ends - begins), bend: .one)
  }

  /// From one set of formants to another, each with its own haste.
  ///
  /// A time bent by t / (t + k (1 - t)): C. Schlick, "Fast alternatives to Perlin's bias and gain functions", Graphics Gems IV
  /// (1994) 401; then a raised cubic.
  private func mixed(
    _ a: SIMD4<Double>, _ b: SIMD4<Double>, _ t: Double, bend: SIMD4<Double>
  ) -> SIMD4<Double> {
    let t = min(1, max(0, t))
    let bent = t / (t + bend * (1 - t))
    return a + bent * bent * (3 - 2 * bent) * (b - a)
  }
}
