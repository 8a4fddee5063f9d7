import Foundation
import Testing
import TingleLive
import TinglePresets

@Suite("Sleep timers", .serialized)
struct SleepTimerTests {
  @Test("jump, skip, load, undo and pause do not change the time that a user's timer has left")
  func remainingTime() throws {
    let stage = try Stage(Stage.two + "\nduration: 60m")
    func left() -> Double { stage.session.status.sleepSeconds ?? .infinity }
    stage.play(seconds: 2)
    try stage.session.perform("sleep 30m")
    for line in ["jump 20m", "skip 15m", "jump 0s", "master -20dB", "load sleep", "jump 5h"] {
      try stage.session.perform(line)
      stage.settle()
      #expect(abs(left() - 1800) < 12, "\(line)")
    }
    // The change of the master level is kept when another preset is loaded.
    #expect(stage.session.status.masterDB == -20)
    try stage.session.perform("undo")
    stage.settle()
    #expect(stage.session.status.preset == "test" && abs(left() - 1800) < 15)
    try stage.session.perform("pause")
    stage.settle()
    stage.play(seconds: 4)
    try stage.session.perform("sleep 10m")
    #expect(abs(left() - 600) < 0.1)
    try stage.session.perform("resume")
    stage.settle()
    #expect(!stage.session.liveRenderer.isOver)
  }

  @Test("a user's timer can exceed the track and survives loading; a preset's timer does neither")
  func timersOfBothKinds() throws {
    let night = Stage.two + "\nduration: 8h\ntimer: 90m"
    let stage = try Stage(night)
    func status() -> Status { stage.session.status }
    #expect(status().sleepSeconds == 5400 && status().endSeconds == 5400)
    try stage.session.perform("jump 7h")
    #expect(abs((status().sleepSeconds ?? 0) - 3600) < 1 && abs(status().endSeconds - 28_800) < 1)
    stage.settle()
    try stage.session.perform("load unwind")
    #expect(status().sleepSeconds == nil)
    stage.settle()
    try stage.session.perform("sleep 3h")
    stage.settle()
    #expect(abs(status().endSeconds - status().seconds - 10_800) < 3)
    try stage.session.perform("jump 2h")
    stage.settle()
    try stage.session.perform("load sleep")
    #expect(abs((status().sleepSeconds ?? 0) - 10_800) < 9)
    stage.settle()
    // The user's timer continues although the restored track would have ended.
    try stage.session.perform("undo")
    stage.settle()
    #expect(abs((status().sleepSeconds ?? 0) - 10_800) < 20)
    try stage.session.perform("sleep off")
    stage.settle()
    stage.play(seconds: 1)
    #expect(!stage.session.liveRenderer.isOver && status().endSeconds == 1800)

    #expect(try Stage(Stage.two + "\nduration: 10m", timerSeconds: 7200).session.status.endSeconds == 7200)
    #expect(try Stage(night, timerSeconds: 25_200).session.status.sleepSeconds == 25_200)
  }

  @Test(
    "a timer is not saved as the track's length, and cancelling it after the track's end restarts the track")
  func timerIsNoLength() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tingle-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let library = PresetLibrary(environment: ["XDG_CONFIG_HOME": folder.path], executable: nil)
    let stage = try Stage(Stage.two + "\nduration: 20m\nwake: 5m", library: library)
    try stage.session.perform("sleep 8h")
    stage.settle()
    try stage.session.perform("save long")
    #expect(try library.preset("long").mix.durationSeconds == 1200)
    try stage.session.perform("jump 2h")
    stage.settle()
    try stage.session.perform("sleep off")
    stage.settle()
    #expect(stage.session.status.seconds < 10 && stage.session.status.endSeconds == 1200)
    stage.play(seconds: 3)
    #expect(Stage.usualDB.contains(stage.levelDB(lastSeconds: 0.5)))
  }

  @Test(
    "a timer that is set during the track's own fade-out raises the level slowly, and fades out at its end")
  func timerInTheFade() throws {
    let stage = try Stage(Stage.two + "\nduration: 30s", startSeconds: 12)
    stage.play(seconds: 3)
    let before = stage.levelDB(lastSeconds: 0.5)
    // The fade-out of ten seconds is nearly over.
    stage.play(seconds: 13.5)
    #expect(stage.levelDB(lastSeconds: 0.1) < before - 15)
    try stage.session.perform("sleep 12s")
    stage.play(seconds: 0.2)
    #expect(stage.levelDB(lastSeconds: 0.1) < before - 10)
    stage.settle()
    stage.play(seconds: 1)
    #expect(stage.levelDB(lastSeconds: 0.3) > before - 8)
    stage.play(seconds: 8)
    #expect(stage.levelDB(lastSeconds: 0.1) < before - 12)
  }

  @Test(
    "a timer that is extended, cancelled or undone in its fade-out raises the level slowly"
  )
  func gentleTimers() throws {
    for line in ["sleep 30m", "sleep off", "undo"] {
      let stage = try Stage(Stage.two + "\nduration: 60m")
      stage.play(seconds: 2)
      let before = stage.levelDB(lastSeconds: 0.5)
      try stage.session.perform("sleep 4s")
      stage.settle()
      stage.play(seconds: 3.4)
      #expect(stage.levelDB(lastSeconds: 0.1) < before - 10)
      try stage.session.perform(line)
      stage.play(seconds: 0.2)
      #expect(stage.levelDB(lastSeconds: 0.1) < before - 10, "\(line)")
      stage.settle()
      stage.play(seconds: 2)
      #expect(stage.levelDB(lastSeconds: 0.5) > before - 4, "\(line)")
      if line == "sleep off" {
        try stage.session.perform("undo")
        stage.settle()
        #expect(stage.session.status.sleepSeconds == nil && !stage.session.liveRenderer.isOver)
      }
    }
  }
}
