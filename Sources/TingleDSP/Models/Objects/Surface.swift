/// The surface of an object that is struck or slid over.
public enum Surface: String, Choice {
  case wood, softwood, hardwood, book, box, leather, cork, glass, ceramic, tin, plastic
  case thinPlastic = "thin-plastic"
  case phone, microphone
}
