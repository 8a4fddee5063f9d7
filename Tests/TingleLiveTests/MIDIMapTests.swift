import Foundation
import Testing
import TingleDevices
import TingleLive
import TingleSupport

@Suite("Knobs and pads")
struct MIDIMapTests {
  private let knob = MIDIEvent(.controller, number: 21, value: 127)
  private let pad = MIDIEvent(.note, number: 36, channel: 9, value: 80)

  @Test("do what they have learnt, and nothing else")
  func learning() throws {
    var map = MIDIMap()
    #expect(map.command(for: knob) == nil)
    try map.learn("level whisper", for: knob)
    try map.learn("mute tap", for: pad)
    #expect(map.command(for: knob) == .level("whisper", 6, by: false))
    #expect(
      map.command(for: MIDIEvent(.controller, number: 21, value: 0)) == .level("whisper", -80, by: false))
    #expect(map.command(for: MIDIEvent(.controller, number: 22, value: 9)) == nil)
    #expect(map.command(for: pad) == .mute("tap", nil))
    // Letting go of a pad is no second strike.
    #expect(map.command(for: MIDIEvent(.note, number: 36, channel: 9, value: 0)) == nil)
    try map.learn("pace tap", for: knob)
    #expect(map.command(for: knob) == .pace("tap", share: 1))
    #expect(throws: Command.ParseError.self) { try map.learn("jump high", for: knob) }
  }

  @Test("are read from a file that an editor gave a byte order mark")
  func byteOrderMark() throws {
    var map = MIDIMap()
    try map.learn("level whisper", for: knob)
    let path = FileManager.default.temporaryDirectory.path + "/tingle-\(UUID().uuidString).json"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let text = try JSONEncoder().encode(map)
    try (Data("\u{FEFF}".utf8) + text + Data("\r\n".utf8)).write(to: URL(fileURLWithPath: path))
    #expect(try MIDIMap.load(from: path) == map)
  }

  @Test("a knob's way is monotonic, and keeps to the levels' range")
  func ways() throws {
    var map = MIDIMap()
    try map.learn("master", for: knob)
    var last = -1000.0
    for value in 0...127 {
      guard
        case .master(let level, false)? = map.command(for: MIDIEvent(.controller, number: 21, value: value))
      else {
        Issue.record("no level at \(value)")
        return
      }
      #expect(level >= last && (-60...6).contains(level))
      last = level
    }
  }

  @Test("are kept for each device, and found again")
  func keeping() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tingle-\(UUID().uuidString)")
    let path = try #require(
      MIDIMap.path(device: "nanoKONTROL2 / 1", environment: ["XDG_STATE_HOME": folder.path]))
    #expect(path == "\(folder.path)/tingle/midi/nanoKONTROL2---1.json")
    var map = MIDIMap()
    try map.learn("level \"my tap\"", for: pad)
    try map.save(to: path)
    #expect(try MIDIMap.load(from: path) == map)
    #expect(try MIDIMap.load(from: path + "x") == MIDIMap())
    // What is there and is no map is not taken for an empty one in silence.
    try Data("{}}".utf8).write(to: URL(fileURLWithPath: path))
    let broken = #expect(throws: UserError.self) { try MIDIMap.load(from: path) }
    #expect(broken?.description.contains("is not a map of MIDI knobs") == true)
    // Nor is one kept where nothing can be.
    #expect(throws: UserError.self) { try map.save(to: "/proc/nowhere/midi.json") }
    #expect(throws: UserError.self) { try map.save(to: path + "/midi.json") }
    #expect(throws: UserError.self) { try map.save(to: nil) }
    try FileManager.default.removeItem(at: folder)
  }
}
