import CNcurses
import Foundation
import TingleLive
import TinglePresets

/// A mixing desk in the terminal: a row for each layer, a key for each thing one wants to do in the dark.
final class Desk {
  private let session: LiveSession
  private var selected = 0
  private var message = ""
  private var messageUntil = Date.distantPast
  private var overlay: Overlay?
  private var question: (what: Stroke.Question, answer: String)?

  init(_ session: LiveSession) { self.session = session }

  /// Draws and listens until `isOver`; the terminal must have been entered.
  func run(until isOver: () -> Bool, _ suspension: Suspension) {
    while !isOver() {
      if suspension.isDue {
        stepAside(suspension, until: isOver)
        continue
      }
      let status = session.status
      selected = max(0, min(selected, status.layers.count - 1))
      draw(status)
      // All keys that wait, then the next picture.
      var key = Screen.key()
      while let pressed = key {
        timeout(0)
        key = Screen.key()
        if pressed == 27, key != nil {
          // A key that the terminal's description does not know.
          while key != nil { key = Screen.key() }
        } else {
          handle(pressed, status)
        }
      }
      timeout(100)
    }
  }

  /// Gives the terminal back while the process is stopped, and while it plays on in the background.
  private func stepAside(_ suspension: Suspension, until isOver: () -> Bool) {
    Screen.leave()
    repeat {
      if suspension.isDue { suspension.stop() } else { usleep(100_000) }
    } while !Screen.isInForeground && !isOver()
    if !isOver() { Screen.comeBack() }
  }

  // MARK: Keys

  private func handle(_ key: Int32, _ status: Status) {
    // ncurses tells of a new size by a key.
    guard key != KEY_RESIZE else { return }
    if question != nil { return edit(key, status) }
    if overlay != nil {
      if overlay?.turn() == false { overlay = nil }
      return
    }
    guard let stroke = Stroke(key: key) else { return }
    let layer = status.layers.indices.contains(selected) ? status.layers[selected] : nil
    switch stroke {
    case .select(let step): selected = max(0, min(status.layers.count - 1, selected + step))
    case .layer(let command): if let layer { perform { try self.session.perform(command(layer.name)) } }
    case .command(let command): perform { try self.session.perform(command) }
    case .ask(let what): (question, pending) = ((what, ""), [])
    case .help: overlay = .keys
    }
  }

  /// A line at the bottom, until it is sent or given up.
  private func edit(_ key: Int32, _ status: Status) {
    guard case (let what, var answer)? = question else { return }
    switch key {
    case 13, 10, KEY_ENTER:
      question = nil
      let layer = status.layers.indices.contains(selected) ? status.layers[selected].name : ""
      if !answer.isEmpty { perform { try self.session.perform(Self.line(what, answer, layer)) } }
      return
    case 27:
      question = nil
      return
    case KEY_BACKSPACE, 127, 8: answer = String(answer.dropLast())
    case 21: answer = ""
    case 32..<256: pending.append(UInt8(key))
    default: break
    }
    if let text = String(validating: pending, as: UTF8.self) {
      answer += text
      pending = []
    } else if pending.count > 3 {
      pending = []
    }
    if answer.count < 4000 { question = (what, answer) }
  }

  // Bytes of a letter that is not whole yet.
  private var pending: [UInt8] = []

  private static func line(_ what: Stroke.Question, _ answer: String, _ layer: String) -> String {
    let layer = "\"\(layer)\""
    return switch what {
    case .set: "set \(layer) \(answer)"
    case .text: "set \(layer) text \(answer)"
    case .add: "add \(answer)"
    case .jump: "jump \(answer)"
    case .sleep: "sleep \(answer)"
    case .save: "save \(answer)"
    case .command: vim(answer)
    }
  }

  /// What fingers that know vim type by themselves.
  private static func vim(_ line: String) -> String {
    if ["q", "q!", "quit", "qa"].contains(line) { return "stop" }
    return line.hasPrefix("w ") ? "save " + line.dropFirst(2) : line
  }

  private func perform(_ body: () throws -> String) {
    do {
      let answer = try body()
      // What was said of an earlier attempt holds no longer.
      messageUntil = .distantPast
      if answer.contains("\n") { overlay = Overlay(answer) } else if !answer.isEmpty { say(answer) }
    } catch {
      say("\(error)")
    }
  }

  private func say(_ text: String) { (message, messageUntil) = (text, Date().addingTimeInterval(4)) }

  // MARK: Picture

  private func draw(_ status: Status) {
    erase()
    let (rows, columns) = Screen.size
    let left = max(0, status.endSeconds - status.seconds)
    let clock =
      "\(Format.clock(status.seconds))  \(status.isPaused ? "paused" : "\(Format.clock(left)) left")"
      + (status.sleepSeconds == nil ? "" : " (sleep)")
    Screen.write("\(status.title)  seed \(status.seed)", row: 0, column: 1, .dim)
    Screen.write(clock, row: 0, column: max(1, columns - clock.count - 1), .dim)
    let room = max(1, rows - 5)
    let first = max(0, min(selected - room / 2, status.layers.count - room))
    for (k, layer) in status.layers.enumerated().dropFirst(first).prefix(room) {
      draw(layer, row: 2 + k - first, isSelected: k == selected, columns)
    }
    drawMaster(status, row: min(rows - 3, status.layers.count + 3), columns)
    overlay?.draw()
    drawBottom(status, row: rows - 1, columns)
    refresh()
  }

  /// What is asked, else what was said, else what there is to know.
  private func drawBottom(_ status: Status, row: Int, _ columns: Int) {
    if let (what, answer) = question {
      let line = (what == .command ? ":" : "\(what.rawValue): ") + answer + (Screen.isUnicode ? "▏" : "_")
      Screen.write(String(line.suffix(max(0, columns - 2))), row: row, column: 1)
    } else if Date() < messageUntil {
      let lines = Screen.wrapped(message, width: columns - 2)
      for (k, line) in lines.enumerated() {
        Screen.writeOver(line, row: row + 1 - lines.count + k)
      }
    } else if overlay == nil, status.isWaiting {
      Screen.write("the sound device does not answer; waiting for it", row: row, column: 1)
    } else if overlay == nil {
      Screen.write("? help   q end", row: row, column: 1, .dim)
      let dry = "\(status.underruns) underrun\(status.underruns == 1 ? "" : "s")"
      Screen.write(dry, row: row, column: max(18, columns - dry.count - 1), .dim)
    }
  }

  private func draw(_ layer: Status.Layer, row: Int, isSelected: Bool, _ columns: Int) {
    let style: Screen.Style = layer.isMuted ? .dim : isSelected ? [.warm, .bold] : [.warm, .dim]
    let name = (isSelected ? "> " : "  ") + layer.name
    Screen.write(
      name.padding(toLength: 18, withPad: " ", startingAt: 0), row: row, column: 0, isSelected ? [] : .dim)
    let width = max(6, min(40, columns - 58))
    // From -72 to -12 dBFS.
    let share = ((layer.meterDB ?? -100) + 72) / 60
    Screen.write(Screen.bar(layer.isMuted ? 0 : share, width: width), row: row, column: 18, style)
    let state = layer.isMuted ? "M" : layer.isSolo ? "O" : " "
    let figures =
      String(format: "%6.1f dB %@ ", layer.levelDB, state)
      + [layer.place, layer.pace].compactMap { $0 }.joined(separator: "  ")
    Screen.write(figures, row: row, column: 20 + width, isSelected ? [] : .dim)
  }

  private func drawMaster(_ status: Status, row: Int, _ columns: Int) {
    let width = max(6, min(40, columns - 58))
    Screen.write("  master", row: row, column: 0, .dim)
    let loudness = status.momentaryLUFS ?? -100
    Screen.write(Screen.bar((loudness + 60) / 50, width: width), row: row, column: 18, [.warm, .dim])
    func level(_ value: Double?) -> String { value.map { String(format: "%.1f", $0) } ?? "-inf" }
    Screen.write(
      String(format: "%6.1f dB  ", status.masterDB)
        + "\(level(status.momentaryLUFS)) LUFS  \(level(status.truePeakDB)) dBTP",
      row: row, column: 20 + width, .dim)
  }
}
