import Calibration
import Testing
import TingleDSP

@Suite("Trigger calibration")
struct CalibrationTests {
  @Test(
    "at 0 dB, every trigger has -26 LUFS within 1.5 LU, for each of its choices",
    arguments: CalibrationCase.all)
  func isCalibrated(calibrated: CalibrationCase) {
    let loudness = Calibration.loudnessLUFS(of: calibrated.trigger, seeds: 3, seconds: 32)
    #expect(abs(loudness - Calibration.targetLUFS) <= Calibration.toleranceLU, "\(loudness) LUFS")
  }
}
