/// What happens at the ears.
public enum EarKind: String, Choice {
  /// Soft puffs of air at one ear, then at the other.
  case blowing
  /// Hands that close over the ears and open again.
  case cupping
  /// A soft brush at the ears.
  case brushing
  /// The air in a shell held to the ear.
  case seashell
}
