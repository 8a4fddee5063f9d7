/// The timing of a trigger's voices: one voice per slot, with a random start in the slot.
public struct Timing: Sendable, Equatable {
  /// The mean time from the start of one voice to the start of the next, in seconds.
  public var slotSeconds: Double
  /// The range of the start within its slot, as a share of the slot: 0 is strictly periodic, 0.5 is loose.
  public var jitter: Double
  /// The longest time that a voice sounds after the start of the next one, in seconds.
  public var tailSeconds: Double

  /// - Parameters:
  ///   - slotSeconds: above 0.
  ///   - jitter: 0 ... 0.9.
  ///   - tailSeconds: 0 or more.
  public init(slotSeconds: Double, jitter: Double, tailSeconds: Double) {
    self.slotSeconds = slotSeconds
    self.jitter = jitter
    self.tailSeconds = tailSeconds
  }

  /// The maximum length of a voice: the longest slot plus the tail.
  public var longestSeconds: Double { slotSeconds * (1 + jitter) + tailSeconds }
}
