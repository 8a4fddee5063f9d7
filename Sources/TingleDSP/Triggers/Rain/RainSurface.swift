/// A surface that rain falls on.
public enum RainSurface: String, Choice {
  case window, leaves, tent, umbrella, puddle, street, roof, gutter, eaves
}
