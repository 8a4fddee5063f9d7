import Measure
import Testing
import TingleDSP
import TingleMix

@Suite("Fades, panning and the bed")
struct MasterTests {
  private func noise(_ change: (inout Mix) -> Void) -> [StereoFrame] {
    var mix = Rendering.mix(Noise(), seconds: 20)
    change(&mix)
    return Rendering.frames(mix, count: 21 * 48000)
  }

  @Test("the track fades in from silence and out to silence, 6 dB down at half time")
  func fades() {
    let frames = noise {
      $0.master.fadeInSeconds = 4
      $0.master.fadeOutSeconds = 6
    }
    func level(_ from: Double, _ to: Double) -> Double {
      Statistics.levelDB(frames[Int(from * 48000)..<Int(to * 48000)].map(\.x))
    }
    #expect(level(0, 0.05) < level(6, 12) - 50)
    #expect(abs(level(1.9, 2.1) - level(6, 12) + 6) < 2)
    #expect(abs(level(16.9, 17.1) - level(6, 12) + 6) < 2)
    #expect(level(19.95, 20) < level(6, 12) - 50)
    #expect(frames.dropFirst(20 * 48000).allSatisfy { $0 == .zero })
  }

  @Test("a track shorter than its fades has shorter fades")
  func shortTrack() {
    let frames = noise {
      $0.durationSeconds = 3
      $0.master.fadeInSeconds = 10
      $0.master.fadeOutSeconds = 60
    }
    // The fades shortened to 0.43 s and 2.57 s have a mean gain of -0.8 dB over these frames.
    func level(_ frames: [StereoFrame]) -> Double {
      Statistics.levelDB(frames[10_000..<30_000].map(\.x))
    }
    let difference = level(frames) - level(noise { _ in })
    #expect((-1.4...(-0.3)).contains(difference), "\(difference)")
    #expect(frames.dropFirst(144_000).allSatisfy { $0 == .zero })
  }

  @Test("on loudspeakers, panning has constant power and full separation")
  func panning() {
    func levels(_ azimuth: Double) -> (Double, Double) {
      let frames = Rendering.frames(
        Rendering.mix(
          Tap(), seconds: 10, place: SourcePosition(.init(azimuthDegrees: azimuth, distanceMetres: 0.3))),
        count: 480_000)
      return (Statistics.levelDB(frames.map(\.x)), Statistics.levelDB(frames.map(\.y)))
    }
    let (l, r) = levels(0)
    #expect(abs(l - r) < 1)
    let (leftNear, leftFar) = levels(-90)
    #expect(leftFar < -200 && abs(leftNear - l - 3.01) < 0.05)
    let (leftHalf, rightHalf) = levels(45)
    #expect(rightHalf > leftHalf + 6)
  }

  @Test("the level of the bed varies by less than 2.5 dB, and its channels are uncorrelated")
  func bed() {
    let frames = noise { _ in }
    let (left, right) = (frames.map(\.x), frames.map(\.y))
    let levels = stride(from: 0, to: 19, by: 1).map {
      Statistics.levelDB(Array(left[$0 * 48000..<($0 + 1) * 48000]))
    }
    #expect(levels.max()! - levels.min()! < 2.5)
    #expect(abs(Statistics.correlation(left.map(Double.init), right.map(Double.init))) < 0.1)
  }
}
