/// Every trigger there is.
public enum Catalogue {
  /// In the order in which they are listed.
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
    Clock.self,
    Rain.self,
    Fire.self,
    RoomTone.self,
    Noise.self,
  ]

  /// The trigger called `name`.
  public static func trigger(named name: String) -> (any Trigger.Type)? {
    triggers.first { $0.name == name }
  }
}
