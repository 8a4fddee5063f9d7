import CSndFile
import Foundation
import TingleSupport

/// What a file tells of its making.
public struct FileTags: Sendable, Equatable {
  /// The preset's title.
  public var title: String
  /// The program and its version.
  public var software: String
  /// How to make the file again.
  public var comment: String

  /// Tags.
  public init(title: String, software: String, comment: String) {
    self.title = title
    self.software = software
    self.comment = comment
  }

  /// The tags of a file that libsndfile can read; nil for anything else.
  public init?(ofFile path: String) {
    guard let descriptor = try? InputFile.open(path) else { return nil }
    var info = SF_INFO()
    guard let file = sf_open_fd(descriptor, Int32(SFM_READ), &info, Int32(SF_TRUE)) else { return nil }
    defer { sf_close(file) }
    func text(_ key: Int) -> String { sf_get_string(file, Int32(key)).map { String(cString: $0) } ?? "" }
    self.init(title: text(SF_STR_TITLE), software: text(SF_STR_SOFTWARE), comment: text(SF_STR_COMMENT))
  }

  /// Gives them to a file that is begun.
  func set(in file: OpaquePointer?) {
    sf_set_string(file, Int32(SF_STR_TITLE), title)
    sf_set_string(file, Int32(SF_STR_SOFTWARE), software)
    sf_set_string(file, Int32(SF_STR_COMMENT), comment)
  }
}
