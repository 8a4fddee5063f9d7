import TingleDSP
import TingleMix
import TingleSupport

/// Walks through a script and writes its timetable: one item after the other, with a pause between two lines.
struct ScriptDirector {
  private let script: Script
  private let origin: ScriptOrigin
  private let voice: LayerSettings
  private let seed: UInt64
  private var whisper: NarratedWhisper
  // The lines of each text.
  private var texts: [[WhisperLine]] = []
  private var output = DirectedScript()
  private var listed: [LayerTimetable.ListedVoice] = []
  private var moves: [SourceTrajectory.Move] = []
  private var turns: [[LayerRotation.Turn]]
  private var pendingChapter: String?
  // Separate streams: a pause more or less does not change which alternatives are drawn.
  private var choices: Dice
  private var pauses: Dice
  // The end of the last item, and the pause before the next one.
  private var time: Double
  private var gap = 0.0
  private var place: SourcePosition.Point
  private var levelDB = 0.0
  private var pace = 1.0
  private var count = 0

  /// The mean pause after a line, and after an empty line of the text, in seconds.
  static let gapSeconds = (line: 1.9, paragraph: 4.0)
  /// The time of a move of the voice that is not slow; the voice pauses for it.
  static let moveSeconds = 2.5
  /// How long an action sounds before its first line and after its last one.
  static let leadSeconds = (before: 3.0, after: 2.0)
  /// The pause after an action, in seconds.
  static let actionGapSeconds = 1.0
  /// The length of a breath in and out: six a minute.
  static let breathSeconds = 10.0

  init(
    _ script: Script, _ origin: ScriptOrigin, voice: LayerSettings, seed: UInt64, startSeconds: Double
  ) throws {
    (self.script, self.origin, self.voice, self.seed) = (script, origin, voice, seed)
    whisper = NarratedWhisper(voice.trigger as? Whisper ?? Whisper(), lines: WhisperLines())
    for phonemes in script.phonemes {
      do throws(Speech.ParseError) { texts.append(try whisper.lines.words(phonemes: phonemes)) } catch {
        throw UserError(.data, at: origin.location(.init(line: 1, column: 1)), "a line \(error.reason)")
      }
    }
    let draws = Draws(seed: seed).branch("script")
    (choices, pauses) = (Dice(draws.branch("choices")), Dice(draws.branch("pauses")))
    turns = Array(repeating: [], count: script.actions.count)
    time = startSeconds
    place = voice.place?.position ?? voice.defaultPlace?.position ?? SourcePosition.Point()
  }

  /// The timetable of what has been run.
  func result() -> DirectedScript {
    var result = output
    // An action stands before the lines that it accompanies.
    result.timetable.entries = output.timetable.entries.enumerated().sorted {
      ($0.element.startSeconds, $0.element.depth, $0.offset)
        < ($1.element.startSeconds, $1.element.depth, $1.offset)
    }.map(\.element)
    result.timetable.endSeconds = max(
      time, output.timetable.entries.lazy.map(\.endSeconds).max() ?? time)
    if !listed.isEmpty {
      var timetable = LayerTimetable(.listed(listed))
      (timetable.moves, timetable.lines) = (moves, whisper.lines)
      result.voice = timetable
    }
    result.actions = turns.map { LayerTimetable(.turns(Self.merged($0))) }
    return result
  }

  mutating func run(_ items: [ScriptItem], depth: Int) throws {
    for item in items {
      count += 1
      guard count <= Script.mostItems, time < Timetable.longestSeconds else {
        throw UserError(
          .data, at: origin.location(item.position),
          "the script is too long with its repetitions; it can have \(Script.mostItems) parts in 24h")
      }
      try run(item, depth: depth)
    }
  }

  private mutating func run(_ item: ScriptItem, depth: Int) throws {
    switch item.kind {
    case .line(let label, let text): say(texts[text], label, depth)
    case .breaths(let count): breathe(count, depth)
    case .pause(let seconds):
      add(.pause, "", at: time, seconds, depth)
      time += seconds
      gap = 0
    case .paragraph: if gap > 0 { gap = max(gap, varied(Self.gapSeconds.paragraph)) }
    case .heading(let title):
      pendingChapter = title
      if gap > 0 { gap = max(gap, varied(Self.gapSeconds.paragraph)) }
    case .place(let point, let name, let slow): move(to: point, "to \(name)", slow, depth)
    case .approach(let factor, let slow):
      var point = place
      point.distanceMetres = min(1.5, max(0.05, point.distanceMetres * factor))
      move(to: point, factor < 1 ? "closer" : "further", slow, depth)
    case .level(let changeDB): levelDB = min(12, max(-18, levelDB + changeDB))
    case .pace(let factor): pace = min(1.6, max(0.5, pace * factor))
    case .action(let index, let seconds):
      begin()
      act(index, from: time, seconds, depth)
      time += seconds
      gap = Self.actionGapSeconds
    case .actionWhile(let index, let items):
      begin()
      let start = time
      let entry = act(index, from: start, 0, depth)
      let turn = turns[index].count - 1
      (time, gap) = (time + Self.leadSeconds.before, 0)
      try run(items, depth: depth + 1)
      time += Self.leadSeconds.after
      output.timetable.entries[entry].seconds = time - start
      turns[index][turn].end = time
      gap = Self.actionGapSeconds
    case .repeated(let count, let items):
      for _ in 0..<count { try run(items, depth: depth) }
    case .either(let alternatives):
      try run(alternatives[choices.choose(alternatives.count)], depth: depth)
    }
  }

  /// Waits for the pause before the next item, and starts a chapter that a heading has announced.
  private mutating func begin() {
    time += gap
    gap = 0
    if let title = pendingChapter {
      // The first chapter starts with the track.
      let start = output.timetable.entries.isEmpty ? 0 : time
      output.timetable.chapters.append(.init(title: title, startSeconds: start))
      pendingChapter = nil
    }
  }

  /// Whispers a line, which long words divide into several voices.
  private mutating func say(_ lines: [WhisperLine], _ label: String, _ depth: Int) {
    begin()
    let start = time
    for (k, line) in lines.enumerated() {
      if k > 0 { time += varied(WhisperScript.meanPauseSeconds) }
      var spoken = line
      (spoken.levelDB, spoken.pace) = (levelDB, pace)
      let index = whisper.lines.append(spoken)
      let cue = voice.cue(ofListedVoice: index, startSeconds: time, mixSeed: seed)
      let seconds = whisper.seconds(ofLineAt: cue)
      listed.append(.init(startSeconds: time, seconds: seconds))
      time += seconds
    }
    add(.line, label, at: start, time - start, depth)
    gap = varied(Self.gapSeconds.line) / pace
  }

  private mutating func breathe(_ count: Int, _ depth: Int) {
    begin()
    let seconds = Self.breathSeconds / pace
    add(.breaths, "\(count)", at: time, Double(count) * seconds, depth)
    for _ in 0..<count {
      var breath = WhisperLine.breath(seconds: seconds)
      breath.levelDB = levelDB
      whisper.lines.append(breath)
      listed.append(.init(startSeconds: time, seconds: seconds))
      time += seconds
    }
    gap = varied(Self.gapSeconds.line) / pace
  }

  /// Moves the voice: in a pause, or slowly while it whispers on.
  private mutating func move(
    to point: SourcePosition.Point, _ name: String, _ slow: Double?, _ depth: Int
  ) {
    // A move that is under way ends where it has come to.
    if let last = moves.indices.last, moves[last].startSeconds + moves[last].seconds > time {
      place = moves[last].point(at: time)
    }
    let seconds = slow ?? Self.moveSeconds
    moves.append(.init(startSeconds: time, seconds: seconds, from: place, to: point))
    add(.move, name, at: time, seconds, depth)
    place = point
    if slow == nil { gap = max(gap, seconds) }
  }

  /// Adds a turn of an action's layer.
  /// - Returns: the index of its entry.
  @discardableResult private mutating func act(
    _ index: Int, from start: Double, _ seconds: Double, _ depth: Int
  ) -> Int {
    turns[index].append(.init(start: start, end: start + seconds))
    add(.action, script.actions[index].label, at: start, seconds, depth)
    return output.timetable.entries.count - 1
  }

  private mutating func add(
    _ kind: Timetable.Kind, _ text: String, at start: Double, _ seconds: Double, _ depth: Int
  ) {
    output.timetable.entries.append(
      .init(kind: kind, text: text, startSeconds: start, seconds: seconds, depth: depth))
  }

  private mutating func varied(_ seconds: Double) -> Double { seconds * pauses.uniform(0.8...1.25) }

  /// The turns in time order, with those that overlap joined.
  private static func merged(_ turns: [LayerRotation.Turn]) -> [LayerRotation.Turn] {
    var result: [LayerRotation.Turn] = []
    for turn in turns.sorted(by: { $0.start < $1.start }) {
      if let last = result.last, turn.start <= last.end {
        result[result.count - 1].end = max(last.end, turn.end)
      } else {
        result.append(turn)
      }
    }
    return result
  }
}
