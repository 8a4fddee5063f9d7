import Foundation
import TingleDSP

/// The magnitude response of a filter, computed from its impulse response.
public struct Transfer: Sendable {
  private let response: [Float]
  private let sampleRate: Double

  /// - Parameters:
  ///   - response: the impulse response until it has decayed.
  ///   - sampleRate: in hertz.
  public init(_ response: [Float], sampleRate: Double) {
    self.response = response
    self.sampleRate = sampleRate
  }

  /// The magnitude response of a filter at rest, measured with a unit impulse.
  public init(count: Int = 1 << 15, sampleRate: Double, _ filter: (Float) -> Float) {
    self.init((0..<count).map { filter($0 == 0 ? 1 : 0) }, sampleRate: sampleRate)
  }

  /// The gain at a frequency, in decibels.
  public func levelDB(at hz: Double) -> Double {
    let step = 2 * Double.pi * hz / sampleRate
    var re = 0.0
    var im = 0.0
    for (n, value) in response.enumerated() where value != 0 {
      re += Double(value) * cos(step * Double(n))
      im -= Double(value) * sin(step * Double(n))
    }
    return 10 * log10(re * re + im * im + 1e-30)
  }
}
