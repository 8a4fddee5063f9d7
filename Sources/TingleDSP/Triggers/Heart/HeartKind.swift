/// Where the heart is heard.
public enum HeartKind: String, Choice {
  case chest, womb
}
