/// A MIDI event that a controller sends: a control change, or a note on or off.
public struct MIDIEvent: Sendable, Equatable {
  /// The kind of event; a note off is a note with value 0.
  public enum Kind: String, Sendable, Codable { case controller, note }
  public var kind: Kind
  /// The number of the controller or key, 0 to 127.
  public var number: Int
  /// The MIDI channel, 0 to 15.
  public var channel: Int
  /// The controller value or velocity, 0 to 127.
  public var value: Int

  public init(_ kind: Kind, number: Int, channel: Int = 0, value: Int) {
    (self.kind, self.number, self.channel, self.value) = (kind, number, channel, value)
  }
}
