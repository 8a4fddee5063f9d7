import Calibration
import Testing
import TingleDSP

@Suite("The loudness of triggers")
struct CalibrationTests {
  @Test(
    "at 0 dB every trigger, surface, material, kind, gesture and voice has -26 LUFS within 1.5 LU",
    arguments: CalibrationCase.all)
  func isCalibrated(calibrated: CalibrationCase) {
    let loudness = Calibration.loudnessLUFS(of: calibrated.trigger, seeds: 3, seconds: 32)
    #expect(abs(loudness - Calibration.targetLUFS) <= Calibration.toleranceLU, "\(loudness) LUFS")
  }
}
