import CNcurses
import Foundation
import TingleLive
import TingleMix
import TinglePresets

/// A mixing desk in the terminal: a row for each layer, a key for each thing one wants to do in the dark.
final class Desk {
  private let session: LiveSession
  private var selected = 0
  private var message = ""
  private var messageUntil = Date.distantPast
  private var overlay: Overlay?
  private var question: (what: KeyBinding.Question, answer: String)?

  /// - Parameter notice: what is said at first.
  init(_ session: LiveSession, notice: String?) {
    self.session = session
    if let notice { say(notice) }
  }

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
    guard let stroke = KeyBinding(key: key) else { return }
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

  private static func line(_ what: KeyBinding.Question, _ answer: String, _ layer: String) -> String {
    let layer = Command.quoted(layer)
    return switch what {
    case .set: "set \(layer) \(answer)"
    case .text: "set \(layer) text \(Command.quoted(answer))"
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
      if answer.contains(where: \.isNewline) {
        overlay = Overlay(answer)
      } else if !answer.isEmpty {
        say(answer)
      }
    } catch {
      say("\(error)")
    }
  }

  private func say(_ text: String) { (message, messageUntil) = (text, Date().addingTimeInterval(4)) }

  // MARK: Picture

  private func draw(_ status: Status) {
    erase()
    let (rows, columns) = Screen.size
    drawTop(status, columns)
    // Without empty rows where there are few.
    let top = rows < 10 ? 1 : 2
    let bottom = rows < 10 ? rows - 2 : rows - 3
    let room = max(1, bottom - top)
    let first = max(0, min(selected - room / 2, status.layers.count - room))
    for (k, layer) in status.layers.enumerated().dropFirst(first).prefix(room) {
      draw(layer, row: top + k - first, isSelected: k == selected, columns)
    }
    if bottom > top { drawMaster(status, row: min(bottom, top + status.layers.count + 1), columns) }
    overlay?.draw()
    drawBottom(status, row: rows - 1, columns)
    refresh()
  }

  /// What is played, and where it is: in a narrow window the title has half of it.
  private func drawTop(_ status: Status, _ columns: Int) {
    let left = Format.clock(max(0, status.endSeconds - status.seconds))
    let state = status.isPaused ? "paused" : "\(left) left"
    let clocks = [
      "\(Format.clock(status.seconds))  \(state)\(status.sleepSeconds == nil ? "" : " (sleep)")", state, left,
    ]
    let title = Screen.shown(status.title)
    let wide = DisplayText.columns(of: title)
    func room(_ clock: String) -> Int { columns - clock.count - 4 }
    let clock = clocks.first { room($0) >= min(wide, columns / 2) } ?? left
    Screen.write(clock, row: 0, column: max(1, columns - clock.count - 1), .dim)
    let full = "\(title)  seed \(status.seed)"
    let shown = DisplayText.columns(of: full) <= room(clock) ? full : title
    Screen.write(Screen.fitted(shown, to: max(0, room(clock))), row: 0, column: 1, .dim)
  }

  /// What is asked, else what was said, else what there is to know.
  private func drawBottom(_ status: Status, row: Int, _ columns: Int) {
    if let (what, answer) = question {
      let line = (what == .command ? ":" : "\(what.rawValue): ") + answer + (Screen.isUnicode ? "▏" : "_")
      Screen.write(
        DisplayText.ending(of: Screen.shown(line), columns: max(0, columns - 2)), row: row, column: 1)
    } else if Date() < messageUntil {
      let lines = DisplayText.wrapped(Screen.shown(message), to: columns - 2)
      for (k, line) in lines.enumerated() {
        Screen.writeOver(line, row: row + 1 - lines.count + k)
      }
    } else if overlay == nil, status.isWaiting {
      Screen.write("the sound device does not answer; waiting for it", row: row, column: 1)
    } else if overlay == nil, let trouble = status.trouble {
      Screen.write(Screen.fitted("! \(trouble)", to: max(0, columns - 2)), row: row, column: 1)
    } else if overlay == nil {
      Screen.write("? help   q end", row: row, column: 1, .dim)
      let dry = "\(status.underruns) underrun\(status.underruns == 1 ? "" : "s")"
      let column = columns - dry.count - 1
      if column >= 18 { Screen.write(dry, row: row, column: column, .dim) }
    }
  }

  /// Where the columns of a row begin, and how wide they are; the level comes first where there is little room.
  private struct Columns {
    let name: Int
    let bar: Int
    let figures: Int

    init(_ columns: Int) {
      name = columns >= 40 ? 18 : max(6, columns - 12 - (columns >= 28 ? 8 : 0))
      bar = columns >= 28 ? max(6, min(40, columns - 58)) : 0
      figures = name + bar + (bar > 0 ? 2 : 1)
    }
  }

  private func draw(_ layer: Status.Layer, row: Int, isSelected: Bool, _ columns: Int) {
    let place = Columns(columns)
    let style: Screen.Style = layer.isMuted ? .dim : isSelected ? [.warm, .bold] : [.warm, .dim]
    let name = (isSelected ? "> " : "  ") + layer.name
    Screen.write(Screen.fitted(name, to: place.name - 1), row: row, column: 0, isSelected ? [] : .dim)
    // From -72 to -12 dBFS.
    let share = ((layer.meterDB ?? -100) + 72) / 60
    Screen.write(Screen.bar(layer.isMuted ? 0 : share, width: place.bar), row: row, column: place.name, style)
    let state = layer.isMuted ? "M" : layer.isSolo ? "O" : " "
    let figures =
      String(format: "%6.1f dB %@ ", layer.levelDB, state)
      + [layer.place, layer.pace].compactMap { $0 }.joined(separator: "  ")
    Screen.write(figures, row: row, column: place.figures, isSelected ? [] : .dim)
  }

  private func drawMaster(_ status: Status, row: Int, _ columns: Int) {
    let place = Columns(columns)
    Screen.write("  master", row: row, column: 0, .dim)
    let loudness = status.momentaryLUFS ?? -100
    Screen.write(
      Screen.bar((loudness + 60) / 50, width: place.bar), row: row, column: place.name, [.warm, .dim])
    func level(_ value: Double?) -> String { value.map { String(format: "%.1f", $0) } ?? "-inf" }
    Screen.write(
      String(format: "%6.1f dB  ", status.masterDB)
        + "\(level(status.momentaryLUFS)) LUFS  \(level(status.truePeakDB)) dBTP",
      row: row, column: place.figures, .dim)
  }
}
