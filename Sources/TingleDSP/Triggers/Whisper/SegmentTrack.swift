/// The control track of the whisper synthesizer: consecutive segments with formant targets and source levels.
///
/// phones -> `Articulation` -> segments -> formants and levels at each control tick -> `WhisperVoice`.
struct SegmentTrack: Sendable {
  /// A stretch of time with one set of targets: a phone, or one phase of a stop.
  struct Segment: Sendable {
    /// The start of the segment; `append` sets it.
    var start = 0.0
    var seconds = 0.0
    /// F1 to F4 in hertz at the start and at the end of the segment, as whispered.
    var startFormants = SIMD4<Double>(621, 1594, 2657, 3500)
    var endFormants = SIMD4<Double>(621, 1594, 2657, 3500)
    /// The part of a formant transition that lies within this segment, at each of its edges.
    var transitionSeconds = 0.02
    /// The curve of the transition from the previous segment, per formant: 1 is symmetric, above 1 is late.
    var transitionBend = SIMD4<Double>(repeating: 1)
    /// A factor on the formant bandwidths.
    var bandwidthScale = 1.0
    /// A further factor on the bandwidth of F1, which an open glottis widens.
    var firstBandwidthScale = 1.0
    /// The amplitude of the noise through the vocal tract.
    var aspiration = 0.0
    /// The amplitude of the noise at the constriction, and the constriction.
    var frication = 0.0
    var source = FricationNoise.Source.inhale
    /// Which of four vocal tracts of different lengths shapes the noise of an inhale, 0 ... 3.
    var breathVariant = 0
    /// The time constants with which frication rises and falls.
    var riseSeconds = 0.008
    var fallSeconds = 0.008
    /// How long before the end of the segment frication starts to fall.
    var releaseSeconds = 0.008
    /// The amplitude modulation depth of an alveolar trill, 0 to 1.
    var trillDepth = 0.0
    /// The frequency of the nasal zero; 0 if the velum is closed.
    var nasalZeroHz = 0.0
  }

  private var segments = InlineList<320, Segment>(repeating: Segment())
  /// The end of the last segment or pause.
  private(set) var endSeconds: Double
  private var index = 0

  /// An empty track.
  /// - Parameter start: the length of the silence before the first segment, in seconds.
  init(startSeconds start: Double) { endSeconds = start }

  /// Appends silence.
  mutating func pause(_ seconds: Double) { endSeconds += seconds }

  /// Appends a segment; a full track drops it.
  mutating func append(_ segment: Segment) {
    var placed = segment
    placed.start = endSeconds
    guard segments.append(placed) else { return }
    endSeconds += segment.seconds
  }

  /// The segment at a time, or nil in a pause. Successive calls must not go back in time.
  mutating func segment(at time: Double) -> Segment? {
    while index + 1 < segments.count, time >= segments[index + 1].start { index += 1 }
    guard index < segments.count else { return nil }
    let segment = segments[index]
    return time >= segment.start && time < segment.start + segment.seconds ? segment : nil
  }

  /// F1 to F4 in hertz, with transitions, at a time within the segment that `segment(at:)` returned last.
  ///
  /// It is mutating so that it reads segments in place: otherwise the compiler copies all of them.
  mutating func formants(at time: Double) -> SIMD4<Double> {
    let current = segments[index]
    let transition = min(current.transitionSeconds, 0.4 * current.seconds)
    let (begin, end) = (current.start + transition, current.start + current.seconds - transition)
    if time < begin, index > 0 {
      let previous = segments[index - 1]
      let departure =
        previous.start + previous.seconds - min(previous.transitionSeconds, 0.4 * previous.seconds)
      return interpolated(
        previous.endFormants, current.startFormants, (time - departure) / max(1e-3, begin - departure),
        bend: current.transitionBend)
    }
    if time > end, index + 1 < segments.count {
      let next = segments[index + 1]
      let arrival = next.start + min(next.transitionSeconds, 0.4 * next.seconds)
      return interpolated(
        current.endFormants, next.startFormants, (time - end) / max(1e-3, arrival - end),
        bend: next.transitionBend)
    }
    return interpolated(
      current.startFormants, current.endFormants, (time - begin) / max(1e-3, end - begin), bend: .one)
  }

  /// Interpolates between two sets of formants: time -> bias curve per formant -> smoothstep.
  ///
  /// The bias curve t / (t + k (1 - t)): C. Schlick, "Fast alternatives to Perlin's bias and gain functions",
  /// Graphics Gems IV (1994) 401.
  private func interpolated(
    _ a: SIMD4<Double>, _ b: SIMD4<Double>, _ t: Double, bend: SIMD4<Double>
  ) -> SIMD4<Double> {
    let t = min(1, max(0, t))
    let bent = t / (t + bend * (1 - t))
    return a + bent * bent * (3 - 2 * bent) * (b - a)
  }
}
