import Foundation
import Measure
import TingleDSP

// What the tests of triggers measure of a sound at 48 kHz.

/// A trigger with changed parameters.
func made<T: Trigger>(_ type: T.Type, _ change: (inout T) -> Void = { _ in }) -> T {
  var trigger = T()
  change(&trigger)
  return trigger
}

/// The levels of hops, in decibels.
func levelsDB(_ signal: [Float], hopSeconds: Double = 0.5) -> [Double] {
  Statistics.envelope(signal, sampleRate: 48000, hopSeconds: hopSeconds).map { 10 * log10($0 + 1e-12) }
}

/// The range of the levels of half seconds, without the highest and the lowest tenth.
func swingDB(_ signal: [Float]) -> Double {
  let sorted = levelsDB(signal).sorted()
  return sorted[sorted.count * 9 / 10] - sorted[sorted.count / 10]
}

/// The centroid of the spectrum between 60 Hz and 16 kHz.
func centroidHz(_ signal: some Sequence<Float>) -> Double {
  Spectrum(Array(signal), sampleRate: 48000, size: 2048).centroidHz(in: 60...16_000)
}

/// The level of the octave around a frequency, in decibels.
func octaveDB(_ spectrum: Spectrum, _ hz: Double) -> Double {
  10 * log10(spectrum.power(in: hz / 2.0.squareRoot()...hz * 2.0.squareRoot()) + 1e-30)
}

/// The levels of the octaves from `lowest` on, in decibels.
func octavesDB(_ signal: [Float], from lowest: Double, count: Int) -> [Double] {
  let spectrum = Spectrum(signal, sampleRate: 48000)
  return (0..<count).map { octaveDB(spectrum, lowest * pow(2, Double($0))) }
}
