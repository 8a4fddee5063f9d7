/// A scene to go back to, and where it was.
struct UndoEntry {
  var scene: Scene
  let offsetFrames: Int
  /// Which of the presets that have been loaded it was.
  let load: Int

  static let most = 100
}

/// On the session's queue.
extension LiveSession {
  /// Keeps the scene, to be gone back to.
  func remember() {
    past.append(UndoEntry(scene: scene, offsetFrames: offsetFrames, load: loads))
    if past.count > UndoEntry.most { past.removeFirst() }
  }

  /// A timer is the listener's: a jump of the track brings its end neither nearer nor farther.
  func moveTimers(by seconds: Double) {
    scene.timer?.atSeconds += seconds
    for k in past.indices where past[k].load == loads { past[k].scene.timer?.atSeconds += seconds }
  }

  /// Back to a scene: of the same preset where the track is now, of another where that would be.
  func goBack(to last: UndoEntry) {
    let (now, pausedAt, timer) = (position, scene.pausedAt, scene.timer)
    let isSame = last.load == loads
    scene = last.scene
    scene.pausedAt = pausedAt
    if isSame {
      // What should have ended by now does not end it now.
      if scene.endSeconds < now + 1 { scene.timer = nil }
    } else {
      loads = last.load
      jumps += 1
      offsetFrames = last.offsetFrames
      scene.pausedAt = nil
      let then = position
      if pausedAt != nil { scene.pausedAt = then }
      if var timer, !timer.isPresets {
        timer.atSeconds += then - now
        scene.timer = timer
      } else if scene.timer?.isPresets == false {
        scene.timer = nil
      }
    }
    beginAgainIfOver()
    let isGentle = !isSame || timer?.atSeconds != scene.timer?.atSeconds
    play(crossfade: isGentle ? Scene.gentleCrossfade : Scene.shortCrossfade)
  }

  /// A track that would be over by now, and is not to end, begins again.
  func beginAgainIfOver() {
    let now = position
    guard now >= scene.endSeconds - 1 else { return }
    if scene.pausedAt != nil { scene.pausedAt = 0 }
    offsetFrames = -liveRenderer.frame
    jumps += 1
    moveTimers(by: -now)
    scene.timer = scene.presetsTimer(from: 0)
  }
}
