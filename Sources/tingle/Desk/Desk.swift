import CNcurses
import Foundation
import TingleLive
import TingleMix
import TinglePresets

/// A mixing desk in the terminal: a channel strip per layer, a master row, and the keys of `KeyBinding`.
final class Desk {
  private let session: LiveSession
  private var selected = 0
  private var message = ""
  private var messageUntil = Date.distantPast
  private var overlay: Overlay?
  private var question: (prompt: KeyBinding.Prompt, answer: String)?

  /// Creates a desk.
  /// - Parameter notice: a message to be shown at the start.
  init(_ session: LiveSession, notice: String?) {
    self.session = session
    if let notice { show(notice) }
  }

  /// Draws the desk and handles keys until `isOver`. `Screen.enter()` must have been called.
  func run(until isOver: () -> Bool, _ suspension: Suspension) {
    while !isOver() {
      if suspension.isDue {
        suspend(suspension, until: isOver)
        continue
      }
      let status = session.status
      selected = max(0, min(selected, status.layers.count - 1))
      draw(status)
      // Handle all pending keys before the next redraw.
      var key = Screen.key()
      while let pressed = key {
        timeout(0)
        key = Screen.key()
        if pressed == 27, key != nil {
          // An escape sequence that the terminal's description does not have: discard it.
          while key != nil { key = Screen.key() }
        } else {
          handle(pressed, status)
        }
      }
      timeout(100)
    }
  }

  /// Restores the terminal, stops the process, and redraws the desk once the process is in the foreground
  /// again. A process that is continued in the background plays without a desk.
  private func suspend(_ suspension: Suspension, until isOver: () -> Bool) {
    Screen.leave()
    repeat {
      if suspension.isDue { suspension.stop() } else { usleep(100_000) }
    } while !Screen.isInForeground && !isOver()
    if !isOver() { Screen.reenter() }
  }

  // MARK: Keys

  private func handle(_ key: Int32, _ status: Status) {
    // ncurses reports a new window size as a key.
    guard key != KEY_RESIZE else { return }
    if question != nil { return edit(key, status) }
    if overlay != nil {
      if overlay?.showNextPage() == false { overlay = nil }
      return
    }
    guard let action = KeyBinding.action(for: key) else { return }
    let layer = status.layers.indices.contains(selected) ? status.layers[selected] : nil
    switch action {
    case .select(let step): selected = max(0, min(status.layers.count - 1, selected + step))
    case .layer(let edit):
      if let layer { perform { try self.session.perform(.edit(edit(layer.name))) } }
    case .line(let line): perform { try self.session.perform(line) }
    case .prompt(let prompt): (question, pendingBytes) = ((prompt, ""), [])
    case .help: overlay = .keys
    }
  }

  /// Edits the answer in the bottom line: Enter performs it, Escape cancels, Ctrl-U clears.
  private func edit(_ key: Int32, _ status: Status) {
    guard case (let prompt, var answer)? = question else { return }
    switch key {
    case 13, 10, KEY_ENTER:
      question = nil
      let layer = status.layers.indices.contains(selected) ? status.layers[selected].name : ""
      if !answer.isEmpty {
        let line = prompt.line(answer, LiveCommand.quoted(layer))
        perform { try self.session.perform(line) }
      }
      return
    case 27:
      question = nil
      return
    case KEY_BACKSPACE, 127, 8: answer = String(answer.dropLast())
    case 21: answer = ""
    case 32..<256: pendingBytes.append(UInt8(key))
    default: break
    }
    if let text = String(validating: pendingBytes, as: UTF8.self) {
      answer += text
      pendingBytes = []
    } else if pendingBytes.count > 3 {
      pendingBytes = []
    }
    if answer.count < 4000 { question = (prompt, answer) }
  }

  // The bytes of an incomplete UTF-8 character.
  private var pendingBytes: [UInt8] = []

  private func perform(_ body: () throws -> String) {
    do {
      let output = try body()
      // An error of an earlier command is out of date.
      messageUntil = .distantPast
      if output.contains(where: \.isNewline) {
        overlay = Overlay(output)
      } else if !output.isEmpty {
        show(output)
      }
    } catch {
      show("\(error)")
    }
  }

  /// Shows a message in the bottom line for four seconds.
  private func show(_ text: String) { (message, messageUntil) = (text, Date().addingTimeInterval(4)) }

  // MARK: Drawing

  private func draw(_ status: Status) {
    erase()
    let (rows, columns) = Screen.size
    drawTop(status, columns)
    // A low window has no blank rows, and shows no script.
    let scriptRows = status.script == nil || rows < 16 ? 0 : Self.scriptRows
    let top = rows < 10 ? 1 : 2
    let bottom = (rows < 10 ? rows - 2 : rows - 3) - scriptRows
    let room = max(1, bottom - top)
    let first = max(0, min(selected - room / 2, status.layers.count - room))
    for (k, layer) in status.layers.enumerated().dropFirst(first).prefix(room) {
      draw(layer, row: top + k - first, isSelected: k == selected, columns)
    }
    if bottom > top { drawMaster(status, row: min(bottom, top + status.layers.count + 1), columns) }
    if let script = status.script, scriptRows > 0 {
      draw(script, at: status.seconds, row: min(bottom + 1, top + status.layers.count + 3), columns)
    }
    overlay?.draw()
    drawBottom(status, row: rows - 1, columns)
    refresh()
  }

  /// Draws the title, the seed, the position and the remaining time. In a narrow window, times are left out
  /// until the title has half of the row.
  private func drawTop(_ status: Status, _ columns: Int) {
    let left = Format.clock(max(0, status.endSeconds - status.seconds))
    let state = status.isPaused ? "paused" : "\(left) left"
    let clocks = [
      "\(Format.clock(status.seconds))  \(state)\(status.sleepSeconds == nil ? "" : " (sleep)")", state, left,
    ]
    let title = Screen.shown(status.title)
    let titleColumns = DisplayText.columns(of: title)
    func room(_ clock: String) -> Int { columns - clock.count - 4 }
    let clock = clocks.first { room($0) >= min(titleColumns, columns / 2) } ?? left
    Screen.write(clock, row: 0, column: max(1, columns - clock.count - 1), .dim)
    let full = "\(title)  seed \(status.seed)"
    let shown = DisplayText.columns(of: full) <= room(clock) ? full : title
    Screen.write(Screen.fitted(shown, to: max(0, room(clock))), row: 0, column: 1, .dim)
  }

  /// Draws the bottom row: the prompt, or else a message, or else the state of the device and the keys for
  /// help and quit.
  private func drawBottom(_ status: Status, row: Int, _ columns: Int) {
    if let (prompt, answer) = question {
      let line =
        "\(prompt.label)\(prompt.label.isEmpty ? ":" : ": ")" + answer + (Screen.isUnicode ? "▏" : "_")
      Screen.write(
        DisplayText.ending(of: Screen.shown(line), columns: max(0, columns - 2)), row: row, column: 1)
    } else if Date() < messageUntil {
      let lines = DisplayText.wrapped(Screen.shown(message), to: columns - 2)
      for (k, line) in lines.enumerated() {
        Screen.writeOver(line, row: row + 1 - lines.count + k)
      }
    } else if overlay == nil, status.isWaiting {
      Screen.write("the audio device is not responding; waiting for it", row: row, column: 1)
    } else if overlay == nil, let trouble = status.trouble {
      Screen.write(Screen.fitted("! \(trouble)", to: max(0, columns - 2)), row: row, column: 1)
    } else if overlay == nil {
      Screen.write("? help   q quit", row: row, column: 1, .dim)
      let underruns = "\(status.underruns) underrun\(status.underruns == 1 ? "" : "s")"
      let column = columns - underruns.count - 1
      if column >= 18 { Screen.write(underruns, row: row, column: column, .dim) }
    }
  }

  /// The layout of a row: the widths of the name and the meter, and the column of the values. A narrow window
  /// has no meter.
  private struct Columns {
    let name: Int
    let meter: Int
    let values: Int

    init(_ columns: Int) {
      name = columns >= 40 ? 18 : max(6, columns - 12 - (columns >= 28 ? 8 : 0))
      meter = columns >= 28 ? max(6, min(40, columns - 58)) : 0
      values = name + meter + (meter > 0 ? 2 : 1)
    }
  }

  private func draw(_ layer: Status.Layer, row: Int, isSelected: Bool, _ columns: Int) {
    let layout = Columns(columns)
    let style: Screen.Style = layer.isMuted ? .dim : isSelected ? [.accent, .bold] : [.accent, .dim]
    let name = (isSelected ? "> " : "  ") + layer.name
    Screen.write(Screen.fitted(name, to: layout.name - 1), row: row, column: 0, isSelected ? [] : .dim)
    // The meter spans -72 to -12 dBFS.
    let share = ((layer.meterDB ?? -100) + 72) / 60
    Screen.write(
      Screen.bar(layer.isMuted ? 0 : share, width: layout.meter), row: row, column: layout.name, style)
    let state = layer.isMuted ? "M" : layer.isSolo ? "O" : " "
    let values =
      String(format: "%6.1f dB %@ ", layer.levelDB, state)
      + [layer.place, layer.pace].compactMap { $0 }.joined(separator: "  ")
    Screen.write(values, row: row, column: layout.values, isSelected ? [] : .dim)
  }

  // A blank row, the current line and three that follow.
  private static let scriptRows = 5

  /// Draws the line of the script that is heard, and those that follow with the time until they start.
  private func draw(_ script: Status.Script, at seconds: Double, row: Int, _ columns: Int) {
    let now = script.current?.text ?? ""
    Screen.write(Screen.fitted(now, to: max(0, columns - 3)), row: row, column: 2, .accent)
    for (k, line) in script.next.enumerated() {
      let left = Format.clock(max(0, (line.startSeconds - seconds).rounded(.up)))
      Screen.write(
        Screen.fitted("\(left)  \(line.text)", to: max(0, columns - 3)), row: row + 1 + k, column: 2, .dim)
    }
  }

  private func drawMaster(_ status: Status, row: Int, _ columns: Int) {
    let layout = Columns(columns)
    Screen.write("  master", row: row, column: 0, .dim)
    let loudness = status.momentaryLUFS ?? -100
    Screen.write(
      Screen.bar((loudness + 60) / 50, width: layout.meter), row: row, column: layout.name, [.accent, .dim])
    func level(_ value: Double?) -> String { value.map { String(format: "%.1f", $0) } ?? "-inf" }
    Screen.write(
      String(format: "%6.1f dB  ", status.masterDB)
        + "\(level(status.momentaryLUFS)) LUFS  \(level(status.truePeakDB)) dBTP",
      row: row, column: layout.values, .dim)
  }
}
