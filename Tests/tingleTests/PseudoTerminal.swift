import Foundation
import Measure

/// A tmux terminal of 100 x 24 characters in which a command runs.
final class PseudoTerminal {
  private let socket: String
  private let environment: [String: String]

  init(_ folder: TemporaryFolder, _ command: String, environment: [String: String]) throws {
    socket = folder.file("tmux")
    self.environment = environment.merging(["LANG": "C.UTF-8", "TERM": "screen-256color"]) { $1 }
    // Afterwards the shell prints the exit status, and whether the terminal echoes input.
    let script = """
      \(command); echo ended with $?
      stty -a | grep -q -- '-echo ' && echo echo is off || echo echo is on
      exec sleep 60
      """
    try tmux(["new-session", "-d", "-x", "100", "-y", "24", "/bin/bash", "-c", script])
  }

  @discardableResult private func tmux(_ words: [String]) throws -> String {
    let result = try Program.run(
      ["-f", "/dev/null", "-S", socket] + words, environment: environment, executable: "/usr/bin/tmux")
    return String(decoding: result.output, as: UTF8.self)
  }

  func press(_ keys: String...) throws { try tmux(["send-keys"] + keys) }

  func type(_ text: String) throws { try tmux(["send-keys", "-l", text]) }

  /// Presses the key of a prompt, types an answer and presses Enter.
  func answer(_ key: String, _ text: String) throws {
    try press(key)
    try type(text)
    try press("Enter")
  }

  func resize(_ columns: Int, _ rows: Int) throws {
    try tmux(["resize-window", "-x", "\(columns)", "-y", "\(rows)"])
  }

  var screen: String { (try? tmux(["capture-pane", "-p"])) ?? "" }

  /// Waits until the screen shows a text.
  func shows(_ text: String, within seconds: Double = 60) -> Bool {
    let end = Date().addingTimeInterval(seconds)
    while Date() < end {
      if screen.contains(text) { return true }
      usleep(30_000)
    }
    return false
  }

  /// The process ID of the program, a child of the shell.
  var programIdentifier: pid_t? {
    guard let shell = try? tmux(["display-message", "-p", "#{pane_pid}"]).trimmingCharacters(in: .newlines),
      let children = try? String(contentsOfFile: "/proc/\(shell)/task/\(shell)/children", encoding: .utf8)
    else { return nil }
    return children.split(separator: " ").first.flatMap { pid_t($0) }
  }

  deinit { _ = try? tmux(["kill-server"]) }
}
