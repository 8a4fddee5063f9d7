/// The list of all triggers.
public enum Catalogue {
  /// All triggers, in the order of `tingle triggers`.
  public static let triggers: [any Trigger.Type] = [
    Tap.self,
    Crinkle.self,
    Page.self,
    Whisper.self,
    Brush.self,
    Stroke.self,
    Water.self,
    Write.self,
    Scissors.self,
    Typing.self,
    Scratch.self,
    Ear.self,
    Tear.self,
    Beads.self,
    Spray.self,
    Clock.self,
    Rain.self,
    Thunder.self,
    Sea.self,
    Stream.self,
    Wind.self,
    Fire.self,
    Crickets.self,
    Purr.self,
    Heart.self,
    Fan.self,
    Texture.self,
    RoomTone.self,
    Noise.self,
  ]

  /// The trigger with this name, or nil.
  public static func trigger(named name: String) -> (any Trigger.Type)? {
    triggers.first { $0.name == name }
  }
}
