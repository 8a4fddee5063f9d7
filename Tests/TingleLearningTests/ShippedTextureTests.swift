import Testing
import TingleDSP
import TingleLearning

@Suite("Shipped textures")
struct ShippedTextureTests {
  /// What `TextureSummary` says of the recordings: spread in decibels, correlation, slow share, peak in
  /// decibels.
  private static let recordings: [(name: String, numbers: [Double])] = [
    ("crickets", [6.07, 0.019, 0.130, 10.6]), ("heavy-rain", [4.14, 0.351, 0.318, 6.1]),
    ("strong-wind", [4.27, 0.368, 0.351, 7.7]),
    ("surf", [5.96, 0.554, 0.589, 14.2]),
    ("train", [4.96, 0.441, 0.242, 11.2]), ("vacuum", [3.45, 0.092, 0.150, 2.8]),
    ("vent", [3.54, -0.001, 0.204, 4.1]), ("washing", [4.01, 0.187, 0.125, 7.6]),
    ("wood-fire", [4.92, 0.381, 0.054, 23.2]),
  ]

  @Test("a texture has the statistics of its recording", arguments: recordings.map(\.name))
  func statistics(name: String) throws {
    let recorded = try #require(Self.recordings.first { $0.name == name }?.numbers)
    let model = try #require(ShippedTextures.model(named: name))
    let synthesis = TextureSynthesis(model, .init(), draws: Draws(seed: 12), sampleRate: 48000)
    synthesis.seek(toFrame: 3600 * 48000)
    var frames = [SIMD2<Float>](repeating: .zero, count: 20 * 48000)
    frames.withUnsafeMutableBufferPointer { synthesis.render(into: $0.baseAddress!, count: $0.count) }
    let summary = TextureSummary(frames.map { $0.x })
    // Noise of the same spectrum has a spread of 3.4 dB, no correlation, and a peak of 3 dB.
    #expect(abs(summary.spreadDB / recorded[0] - 1) < 0.15, "\(summary.spreadDB)")
    #expect(abs(summary.correlation - recorded[1]) < 0.1, "\(summary.correlation)")
    #expect(abs(summary.slowShare - recorded[2]) < 0.12, "\(summary.slowShare)")
    #expect(abs(summary.peakDB - recorded[3]) < 3.6, "\(summary.peakDB)")
  }

  @Test("every shipped texture is compared")
  func complete() {
    #expect(Set(Self.recordings.map(\.name)) == Set(ShippedTextures.all.map(\.name)))
  }
}
