import Foundation
import Testing
import TingleFiles
import TingleMix

@Suite("What is in a head's file")
struct HeadContentsTests {
  /// A ring of directions at the height of the ears.
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

  @Test("is measured from all round, azimuths counted to the right")
  func whole() throws {
    let head = try ring().measurements()
    #expect(head.directions.count == 24 && head.sampleRate == 48000)
    #expect(head.directions[6].azimuthDegrees == -90 && abs(head.radiusMetres - 1.2) < 1e-6)
  }

  @Test("or it is refused for what is wrong with it")
  func refused() {
    let all = (0..<40).map { _ in Float(30) }
    let front = (0..<40).map { Float($0) * 2 - 40 }
    let cases: [(SOFAContents, String)] = [
      (ring(all), "has all its 40 measurements from one direction"),
      (ring(front), "was not measured from all round: the direction nearest to the back is 140 degrees away"),
      (ring([0, 90, 180, 270]), "has only 4 directions"),
      (ring(rate: 0), "has no sensible sample rate: 0 Hz"),
      (ring(rate: 1e9), "has no sensible sample rate: 1000000000 Hz"),
      (ring(rate: .nan), "has no sensible sample rate"),
      (ring(frames: 16), "has impulse responses of only 16 samples"),
      (ring(frames: 24_000), "was measured in a room: its impulse responses last 0.50 s"),
      (ring(ears: 1), "has 1 ears"),
      (ring { positions, _ in positions[4] = .nan }, "has a position that is not a number"),
      (ring { positions, _ in positions.removeLast() }, "is shorter than it says"),
      (ring { _, responses in responses[70] = .infinity }, "has a response that is not a number"),
      (ring { _, responses in responses[67] = 0 }, "has a silent or far too loud response"),
      (ring { _, responses in responses[67] = 1e30 }, "has a silent or far too loud response"),
    ]
    for (contents, reason) in cases {
      let error = #expect(throws: SOFAContents.ParseError.self) { try contents.measurements() }
      #expect(error?.reason.hasPrefix(reason) == true, "\(error as Any), not \(reason)")
    }
  }
}
