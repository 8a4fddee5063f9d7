import Foundation
import Testing
import TingleFiles
import TingleMix

@Suite("SOFA contents")
struct SOFAContentsTests {
  /// Measurements on a horizontal ring at ear level.
  private func ring(
    _ azimuths: [Float] = (0..<24).map { Float($0) * 15 }, frames: Int = 64, rate: Double = 48000,
    ears: Int = 2,
    change: (inout [Float], inout [Float]) -> Void = { _, _ in }
  ) -> SOFAContents {
    var positions: [Float] = azimuths.flatMap { [$0, 0, 1.2] as [Float] }
    var responses = (0..<azimuths.count * 2 * frames).map { k -> Float in k % frames == 3 ? 0.5 : 0 }
    change(&positions, &responses)
    return SOFAContents(
      directions: azimuths.count, ears: ears, frames: frames, sampleRate: rate, positions: positions,
      responses: responses)
  }

  @Test("measurements become an HRIR set with azimuths positive to the right")
  func whole() throws {
    let head = try ring().measurements()
    #expect(head.directions.count == 24 && head.sampleRate == 48000)
    #expect(head.directions[6].azimuthDegrees == -90 && abs(head.radiusMetres - 1.2) < 1e-6)
  }

  @Test("an unusable set is rejected with the reason")
  func refused() {
    let all = (0..<40).map { _ in Float(30) }
    let front = (0..<40).map { Float($0) * 2 - 40 }
    let cases: [(SOFAContents, String)] = [
      (ring(all), "has all its 40 measurements in one direction"),
      (ring(front), "does not cover all directions: the one nearest to the back is 140 degrees away"),
      (ring([0, 90, 180, 270]), "has only 4 directions"),
      (ring(rate: 0), "has an unsupported sample rate: 0 Hz"),
      (ring(rate: 1e9), "has an unsupported sample rate: 1000000000 Hz"),
      (ring(rate: .nan), "has an unsupported sample rate"),
      (ring(frames: 16), "has impulse responses of only 16 samples"),
      (ring(frames: 24_000), "contains room responses: its impulse responses last 0.50 s"),
      (ring(ears: 1), "has 1 receivers instead of 2 ears"),
      (ring { positions, _ in positions[4] = .nan }, "contains a position that is not a number"),
      (ring { positions, _ in positions.removeLast() }, "contains less data than it declares"),
      (ring { _, responses in responses[70] = .infinity }, "contains a response that is not a number"),
      (ring { _, responses in responses[67] = 0 }, "contains a silent or much too loud response"),
      (ring { _, responses in responses[67] = 1e30 }, "contains a silent or much too loud response"),
    ]
    for (contents, reason) in cases {
      let error = #expect(throws: SOFAContents.ParseError.self) { try contents.measurements() }
      #expect(error?.reason.hasPrefix(reason) == true, "\(error as Any), not \(reason)")
    }
  }
}
