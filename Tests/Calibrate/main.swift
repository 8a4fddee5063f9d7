import Calibration
import TingleDSP

// How loud every trigger is at a level of 0 dB, and what would bring it to the loudness of the others: `calibrate [TRIGGER]`.
// A default is mended by the trigger's `calibrationDB`, a word of a choice by the word's own level.

let wanted = CommandLine.arguments.dropFirst().first
let cases = CalibrationCase.all.filter { wanted == nil || type(of: $0.trigger).name == wanted }

func tenths(_ value: Double) -> String {
  let rounded = (value * 10).rounded() / 10
  return rounded == 0 ? "0.0" : "\(rounded)"
}

func row(_ columns: String...) -> String {
  let widths = [30, 8, 8, 16]
  return zip(columns, widths).reduce("") { line, column in
    let (text, width) = column
    let gap = String(repeating: " ", count: max(0, width - text.count))
    return line + (width == widths[0] ? text + gap : gap + text)
  }
}

print(row("at 0 dB", "LUFS", "off by", "calibrationDB"))
for (calibrated, loudness) in zip(cases, Calibration.loudnessLUFS(of: cases, seeds: 8, seconds: 60)) {
  let off = loudness - Calibration.targetLUFS
  let mark = abs(off) <= Calibration.toleranceLU ? "" : "  out of range"
  let constant = calibrated.trigger.calibrationDB
  print(
    row("\(calibrated)", tenths(loudness), tenths(off), "\(tenths(constant)) -> \(tenths(constant - off))")
      + mark)
}
