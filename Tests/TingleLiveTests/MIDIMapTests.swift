import Foundation
import Testing
import TingleDevices
import TingleLive
import TingleSupport

@Suite("A MIDI map")
struct MIDIMapTests {
  private let knob = MIDIEvent(.controller, number: 21, value: 127)
  private let pad = MIDIEvent(.note, number: 36, channel: 9, value: 80)

  @Test("maps knobs and pads to the commands they have learnt, and nothing else")
  func learning() throws {
    var map = MIDIMap()
    #expect(map.command(for: knob) == nil)
    try map.learn("level whisper", for: knob)
    try map.learn("mute tap", for: pad)
    #expect(map.command(for: knob) == .edit(.level("whisper", .absolute(6))))
    #expect(
      map.command(for: MIDIEvent(.controller, number: 21, value: 0))
        == .edit(.level("whisper", .absolute(-80))))
    #expect(map.command(for: MIDIEvent(.controller, number: 22, value: 9)) == nil)
    #expect(map.command(for: pad) == .edit(.mute("tap", nil)))
    // The release of a pad does nothing.
    #expect(map.command(for: MIDIEvent(.note, number: 36, channel: 9, value: 0)) == nil)
    // A button sends a controller: 127 when it is pressed, 0 when it is released.
    try map.learn("mute tap", for: knob)
    #expect(map.command(for: knob) == .edit(.mute("tap", nil)))
    #expect(map.command(for: MIDIEvent(.controller, number: 21, value: 0)) == nil)
    try map.learn("pace tap", for: knob)
    #expect(map.command(for: knob) == .edit(.pace("tap", share: 1)))
    #expect(throws: UserError.self) { try map.learn("jump high", for: knob) }
  }

  @Test("is read from a file with a byte order mark")
  func byteOrderMark() throws {
    var map = MIDIMap()
    try map.learn("level whisper", for: knob)
    let path = FileManager.default.temporaryDirectory.path + "/tingle-\(UUID().uuidString).json"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let text = try JSONEncoder().encode(map)
    try (Data("\u{FEFF}".utf8) + text + Data("\r\n".utf8)).write(to: URL(fileURLWithPath: path))
    #expect(try MIDIMap.load(from: path) == map)
  }

  @Test("gives levels that rise with the controller's value, from -60 to 6 dB")
  func levels() throws {
    var map = MIDIMap()
    try map.learn("master", for: knob)
    var last = -1000.0
    for value in 0...127 {
      guard
        case .edit(.master(.absolute(let level)))? = map.command(
          for: MIDIEvent(.controller, number: 21, value: value))
      else {
        Issue.record("no level for \(value)")
        return
      }
      #expect(level >= last && (-60...6).contains(level))
      last = level
    }
  }

  @Test("is saved per device and loaded again; an invalid file or folder is an error")
  func saving() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tingle-\(UUID().uuidString)")
    let path = try #require(
      MIDIMap.path(device: "nanoKONTROL2 / 1", environment: ["XDG_STATE_HOME": folder.path]))
    #expect(path == "\(folder.path)/tingle/midi/nanoKONTROL2---1.json")
    var map = MIDIMap()
    try map.learn("level \"my tap\"", for: pad)
    try map.save(to: path)
    #expect(try MIDIMap.load(from: path) == map)
    #expect(try MIDIMap.load(from: path + "x") == MIDIMap())
    // A file that is not a map is an error, not an empty map.
    try Data("{}}".utf8).write(to: URL(fileURLWithPath: path))
    let broken = #expect(throws: UserError.self) { try MIDIMap.load(from: path) }
    #expect(broken?.description.contains("is not a MIDI map") == true)
    // Folders in which no file can be created.
    #expect(throws: UserError.self) { try map.save(to: "/proc/nowhere/midi.json") }
    #expect(throws: UserError.self) { try map.save(to: path + "/midi.json") }
    #expect(throws: UserError.self) { try map.save(to: nil) }
    try FileManager.default.removeItem(at: folder)
  }
}
