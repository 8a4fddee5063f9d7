import Foundation
import Measure
import Testing
import TingleDSP
import TingleMetering
import TingleMix

@Suite("Sound check")
struct SoundCheckTests {
  private func figures(
    seconds: Double = 40, rate: Double = 48000, floorDB: Double = 25, _ signal: (Double) -> StereoFrame
  ) -> [CheckMetric: Double] {
    let check = SoundCheck(sampleRate: rate, floorDB: floorDB)
    let frames = (0..<Int(seconds * rate)).map { signal(Double($0) / rate) }
    // In portions that fit nothing.
    for start in stride(from: 0, to: frames.count, by: 7001) {
      frames[start..<min(frames.count, start + 7001)].withUnsafeBufferPointer { check.add($0) }
    }
    return check.figures
  }

  private func sine(_ hz: Double, _ seconds: Double) -> Float { Float(sin(2 * .pi * hz * seconds)) }

  @Test("a tone is what a tone is known to be", arguments: [44100.0, 48000])
  func tone(rate: Double) throws {
    let found = figures(rate: rate) { StereoFrame(repeating: 0.1 * self.sine(1000, $0)) }
    #expect(abs(found[.integrated]! + 20) < 0.1)
    #expect(abs(found[.truePeak]! + 20) < 0.05)
    #expect(found[.range]! < 0.1 && abs(found[.momentary]!) < 0.1 && found[.jump]! < 0.1)
    #expect(abs(found[.centroid]! - 1000) < 10)
    #expect(abs(found[.correlation]! - 1) < 0.01 && found[.sides]! < 0.01 && found[.balance]! < 0.01)
    #expect(found[.rise]! < 0.5 && found[.silence]! < 0.01)
    #expect(found[.fiveKilohertz]! < -60 && found[.rumble]! < -60 && found[.offset]! < -80)
  }

  @Test("a burst is found: how far and how fast it rises")
  func burst() {
    let found = figures { seconds in
      let isLoud = (30.0..<30.5).contains(seconds)
      return StereoFrame(repeating: (isLoud ? 0.1 : 0.01) * self.sine(1000, seconds))
    }
    // Twenty decibels, within half a second.
    #expect((18.0...20.5).contains(found[.jump]!))
    #expect((10.0...20).contains(found[.rise]!))
    #expect(abs(found[.contrast]! - 20) < 1.5)
  }

  @Test("what is wrong with a track is named: offset, rumble, silence, a side, the same in both ears")
  func faults() {
    var noise = WhiteNoise(Draws(seed: 1))
    let apart = figures { _ in 0.05 * noise.nextPair() }
    #expect(apart[.correlation]! < 0.1 && apart[.balance]! < 0.1)
    #expect((-11.0...(-4)).contains(apart[.fiveKilohertz]!))
    let offset = figures { StereoFrame(repeating: 0.1 * self.sine(500, $0) + 0.01) }
    #expect(abs(offset[.offset]! + 40) < 0.5)
    let rumbling = figures { StereoFrame(repeating: 0.1 * self.sine(500, $0) + 0.1 * self.sine(12, $0)) }
    #expect(abs(rumbling[.rumble]! + 3) < 0.5)
    let silent = figures { seconds in
      (10.0..<11.2).contains(seconds) ? .zero : StereoFrame(repeating: 0.1 * self.sine(500, seconds + 0.0001))
    }
    #expect(abs(silent[.silence]! - 1.2) < 0.01)
    let left = figures { StereoFrame(0.2, 0.1) * self.sine(500, $0) }
    #expect(abs(left[.balance]! - 6.02) < 0.1)
    let nothing = figures(seconds: 2) { _ in .zero }
    #expect(nothing[.silence] == 2 && nothing[.integrated] == -.infinity)
  }

  @Test(
    "A-weighting passes what the standard's table says",
    arguments: [(31.5, -39.4), (125, -16.1), (1000, 0), (4000, 1.0)])
  func weighting(hz: Double, dB: Double) {
    var weighting = AWeighting(sampleRate: 48000)
    let level = Transfer(count: 48000, sampleRate: 48000) { weighting.process(SIMD2($0, $0)).x }.levelDB(
      at: hz)
    #expect(abs(level - dB) < 0.3, "\(level)")
  }

  @Test("entrance and exit are as long as a fade makes them")
  func ramps() {
    var noise = WhiteNoise(Draws(seed: 2))
    let found = figures(seconds: 300) { seconds in
      let gain = min(1, seconds / 10) * min(1, (300 - seconds) / 60)
      return Float(0.05 * gain) * noise.nextPair()
    }
    // A straight ramp is 3 dB down when three tenths are left.
    #expect(abs(found[.entrance]! - 7.1) < 0.6)
    #expect(abs(found[.exit]! - 42.5) < 1.5)
  }

  @Test("a picture shows when it was loud, and what sounded", arguments: [10.0, 400])
  func picture(seconds: Double) throws {
    let rate = 48000.0
    let count = Int(seconds * rate)
    let check = SoundCheck(sampleRate: rate, floorDB: 25, picturing: true)
    // The second half is two octaves higher, and 20 dB fainter.
    let frames = (0..<count).map { k in
      let isLate = 2 * k > count
      let tone = self.sine(isLate ? 4000 : 1000, Double(k) / rate)
      return StereoFrame(repeating: (isLate ? 0.01 : 0.1) * tone)
    }
    for start in stride(from: 0, to: count, by: 50_021) {
      frames[start..<min(count, start + 50_021)].withUnsafeBufferPointer { check.add($0) }
    }
    let picture = try #require(check.picture)
    #expect((min(1000, count / 1024)...2000).contains(picture.columns))
    for (share, hertz, peakDB) in [(0.25, 1000.0, -20.0), (0.75, 4000, -40)] {
      let column = Int(share * Double(picture.columns))
      #expect(abs(picture.peaksDB[column] - peakDB) < 0.1)
      #expect(abs(picture.levelsDB[column] - peakDB + 3) < 0.2)
      let loudness = try #require(picture.loudness[column])
      #expect(abs(loudness.upperBound - peakDB) < (hertz == 1000 ? 0.2 : 4))
      let bands = picture.spectraDB[column * TrackPicture.bands..<(column + 1) * TrackPicture.bands]
      let strongest = bands.indices.max { bands[$0] < bands[$1] }! - bands.startIndex
      let (low, high) = (TrackPicture.hertz.lowerBound, TrackPicture.hertz.upperBound)
      let centre = low * pow(high / low, (Double(strongest) + 0.5) / Double(TrackPicture.bands))
      #expect(abs(centre / hertz - 1) < 0.03)
    }
  }
}
