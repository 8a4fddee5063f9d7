import Calibration
import Foundation
import TingleDSP

// Prints the loudness of every trigger at a level of 0 dB, and the `calibrationDB` that would bring it to the target:
// `calibrate [TRIGGER]`.

let wanted = CommandLine.arguments.dropFirst().first
let cases = CalibrationCase.all.filter { wanted == nil || type(of: $0.trigger).name == wanted }

print("at 0 dB                            LUFS   off by   calibrationDB")
for (calibrated, loudness) in zip(cases, Calibration.loudnessLUFS(of: cases, seeds: 8, seconds: 60)) {
  let off = loudness - Calibration.targetLUFS
  let constant = calibrated.trigger.calibrationDB
  print(
    "\(calibrated)".padding(toLength: 30, withPad: " ", startingAt: 0)
      + String(format: "%9.1f%9.1f%9.1f -> %.1f", loudness, off, constant, constant - off)
      + (abs(off) <= Calibration.toleranceLU ? "" : "  out of range"))
}
