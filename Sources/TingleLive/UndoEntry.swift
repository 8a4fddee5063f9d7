/// A scene that undo restores, with its position.
struct UndoEntry {
  var scene: Scene
  /// The frame of the track at frame 0 of the performance.
  let offsetFrames: Int
  /// The session's count of loaded presets at that time: equal counts mean the same loaded preset.
  let loadCount: Int

  /// The largest number of entries that a session keeps.
  static let maximumCount = 100
}
