/// Undo. All members run on the session's queue.
extension LiveSession {
  /// Adds the current scene to the undo stack.
  func saveUndoEntry() {
    undoStack.append(UndoEntry(scene: scene, offsetFrames: offsetFrames, loadCount: loadCount))
    if undoStack.count > UndoEntry.maximumCount { undoStack.removeFirst() }
  }

  /// Moves the timers of the current preset with the position, so that a jump does not change the time that
  /// is left.
  func moveTimers(by seconds: Double) {
    scene.timer?.atSeconds += seconds
    for k in undoStack.indices where undoStack[k].loadCount == loadCount {
      undoStack[k].scene.timer?.atSeconds += seconds
    }
  }

  /// Restores a scene. A scene of the same preset continues at the current position; a scene of another
  /// preset continues where that preset would be now.
  func restore(_ entry: UndoEntry) {
    let (now, pausedAt, timer) = (position, scene.pausedAt, scene.timer)
    let isSamePreset = entry.loadCount == loadCount
    scene = entry.scene
    scene.pausedAt = pausedAt
    if isSamePreset {
      // A timer that has expired since then is not restored.
      if scene.endSeconds < now + 1 { scene.timer = nil }
    } else {
      loadCount = entry.loadCount
      jumpCount += 1
      offsetFrames = entry.offsetFrames
      scene.pausedAt = nil
      let restoredPosition = position
      if pausedAt != nil { scene.pausedAt = restoredPosition }
      if var timer, !timer.isFromPreset {
        timer.atSeconds += restoredPosition - now
        scene.timer = timer
      } else if scene.timer?.isFromPreset == false {
        scene.timer = nil
      }
    }
    restartIfOver()
    let isSlow = !isSamePreset || timer?.atSeconds != scene.timer?.atSeconds
    play(crossfade: isSlow ? Scene.longCrossfade : Scene.shortCrossfade)
  }

  /// Restarts the track if its position is at or after its end.
  func restartIfOver() {
    let now = position
    guard now >= scene.endSeconds - 1 else { return }
    if scene.pausedAt != nil { scene.pausedAt = 0 }
    offsetFrames = -liveRenderer.frame
    jumpCount += 1
    moveTimers(by: -now)
    scene.timer = scene.presetTimer(startingAt: 0)
  }
}
