import Calibration
import Foundation
import TingleDSP

// Prints the loudness of every trigger at a level of 0 dB, and the `calibrationDB` that brings it to the
// target. Usage: `calibrate [TRIGGER]`.

let name = CommandLine.arguments.dropFirst().first
let cases = CalibrationCase.all.filter { name == nil || type(of: $0.trigger).name == name }

print("at 0 dB                            LUFS    error   calibrationDB")
for (calibrated, loudness) in zip(cases, Calibration.loudnessLUFS(of: cases, seeds: 8, seconds: 60)) {
  let error = loudness - Calibration.targetLUFS
  let constant = calibrated.trigger.calibrationDB
  print(
    "\(calibrated)".padding(toLength: 30, withPad: " ", startingAt: 0)
      + String(format: "%9.1f%9.1f%9.1f -> %.1f", loudness, error, constant, constant - error)
      + (abs(error) <= Calibration.toleranceLU ? "" : "  out of range"))
}
