import Foundation
import Measure
import Testing
import TingleDSP
import TingleMetering
import TingleMix

@Suite("Sound check")
struct SoundCheckTests {
  private func metrics(
    seconds: Double = 40, rate: Double = 48000, floorDB: Double = 25, _ signal: (Double) -> StereoFrame
  ) -> [CheckMetric: Double] {
    let check = SoundCheck(sampleRate: rate, floorDB: floorDB)
    let frames = (0..<Int(seconds * rate)).map { signal(Double($0) / rate) }
    // In portions that match no block size.
    for start in stride(from: 0, to: frames.count, by: 7001) {
      frames[start..<min(frames.count, start + 7001)].withUnsafeBufferPointer { check.add($0) }
    }
    return check.metrics
  }

  private func sine(_ hz: Double, _ seconds: Double) -> Float { Float(sin(2 * .pi * hz * seconds)) }

  @Test("the metrics of a sine are its known values", arguments: [44100.0, 48000])
  func tone(rate: Double) throws {
    let measured = metrics(rate: rate) { StereoFrame(repeating: 0.1 * self.sine(1000, $0)) }
    #expect(abs(measured[.integrated]! + 20) < 0.1)
    #expect(abs(measured[.truePeak]! + 20) < 0.05)
    #expect(measured[.range]! < 0.1 && abs(measured[.momentary]!) < 0.1 && measured[.jump]! < 0.1)
    #expect(abs(measured[.centroid]! - 1000) < 10)
    #expect(abs(measured[.correlation]! - 1) < 0.01 && measured[.sides]! < 0.01 && measured[.balance]! < 0.01)
    #expect(measured[.rise]! < 0.5 && measured[.silence]! < 0.01)
    #expect(measured[.fiveKilohertz]! < -60 && measured[.rumble]! < -60 && measured[.offset]! < -80)
  }

  @Test("a burst of 20 dB is measured as a jump, a rise and a contrast")
  func burst() {
    let measured = metrics { seconds in
      let isLoud = (30.0..<30.5).contains(seconds)
      return StereoFrame(repeating: (isLoud ? 0.1 : 0.01) * self.sine(1000, seconds))
    }
    // The burst is 20 dB and lasts 0.5 s.
    #expect((18.0...20.5).contains(measured[.jump]!))
    #expect((10.0...20).contains(measured[.rise]!))
    #expect(abs(measured[.contrast]! - 20) < 1.5)
  }

  @Test("DC offset, rumble, silence, imbalance and correlation are measured")
  func faults() {
    var noise = WhiteNoise(Draws(seed: 1))
    let independent = metrics { _ in 0.05 * noise.nextPair() }
    #expect(independent[.correlation]! < 0.1 && independent[.balance]! < 0.1)
    #expect((-11.0...(-4)).contains(independent[.fiveKilohertz]!))
    let offset = metrics { StereoFrame(repeating: 0.1 * self.sine(500, $0) + 0.01) }
    #expect(abs(offset[.offset]! + 40) < 0.5)
    let rumbling = metrics { StereoFrame(repeating: 0.1 * self.sine(500, $0) + 0.1 * self.sine(12, $0)) }
    #expect(abs(rumbling[.rumble]! + 3) < 0.5)
    let silent = metrics { seconds in
      (10.0..<11.2).contains(seconds) ? .zero : StereoFrame(repeating: 0.1 * self.sine(500, seconds + 0.0001))
    }
    #expect(abs(silent[.silence]! - 1.2) < 0.01)
    let left = metrics { StereoFrame(0.2, 0.1) * self.sine(500, $0) }
    #expect(abs(left[.balance]! - 6.02) < 0.1)
    let nothing = metrics(seconds: 2) { _ in .zero }
    #expect(nothing[.silence] == 2 && nothing[.integrated] == -.infinity)
  }

  @Test(
    "A-weighting matches the table of the standard",
    arguments: [(31.5, -39.4), (125, -16.1), (1000, 0), (4000, 1.0)])
  func weighting(hz: Double, dB: Double) {
    var weighting = AWeighting(sampleRate: 48000)
    let level = Transfer(count: 48000, sampleRate: 48000) { weighting.process(SIMD2($0, $0)).x }.levelDB(
      at: hz)
    #expect(abs(level - dB) < 0.3, "\(level)")
  }

  @Test("fade-in and fade-out times match the fades")
  func ramps() {
    var noise = WhiteNoise(Draws(seed: 2))
    let measured = metrics(seconds: 300) { seconds in
      let gain = min(1, seconds / 10) * min(1, (300 - seconds) / 60)
      return Float(0.05 * gain) * noise.nextPair()
    }
    // A linear ramp is 3 dB down at 71 % of its length.
    #expect(abs(measured[.entrance]! - 7.1) < 0.6)
    #expect(abs(measured[.exit]! - 42.5) < 1.5)
  }

  @Test("an overview shows level, loudness and frequency over time", arguments: [10.0, 400])
  func overview(seconds: Double) throws {
    let rate = 48000.0
    let count = Int(seconds * rate)
    let check = SoundCheck(sampleRate: rate, floorDB: 25, makesOverview: true)
    // The second half is two octaves higher, and 20 dB fainter.
    let frames = (0..<count).map { k in
      let isLate = 2 * k > count
      let tone = self.sine(isLate ? 4000 : 1000, Double(k) / rate)
      return StereoFrame(repeating: (isLate ? 0.01 : 0.1) * tone)
    }
    for start in stride(from: 0, to: count, by: 50_021) {
      frames[start..<min(count, start + 50_021)].withUnsafeBufferPointer { check.add($0) }
    }
    let overview = try #require(check.overview)
    #expect((min(1000, count / 1024)...2000).contains(overview.columns))
    for (share, hertz, peakDB) in [(0.25, 1000.0, -20.0), (0.75, 4000, -40)] {
      let column = Int(share * Double(overview.columns))
      #expect(abs(overview.peaksDB[column] - peakDB) < 0.1)
      #expect(abs(overview.levelsDB[column] - peakDB + 3) < 0.2)
      let loudness = try #require(overview.loudness[column])
      #expect(abs(loudness.upperBound - peakDB) < (hertz == 1000 ? 0.2 : 4))
      let bands = overview.spectraDB[column * TrackOverview.bands..<(column + 1) * TrackOverview.bands]
      let strongest = bands.indices.max { bands[$0] < bands[$1] }! - bands.startIndex
      let (low, high) = (TrackOverview.hertz.lowerBound, TrackOverview.hertz.upperBound)
      let centre = low * pow(high / low, (Double(strongest) + 0.5) / Double(TrackOverview.bands))
      #expect(abs(centre / hertz - 1) < 0.03)
    }
  }
}
