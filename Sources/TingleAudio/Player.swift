import Foundation
import Synchronization
import TingleDSP
import TingleMix

/// Plays a mix on a device: one thread renders into a queue, the caller's thread feeds the device from it.
public final class Player {
  /// How it went.
  public struct Report: Sendable {
    /// Frames handed to the device.
    public let playedFrames: Int
    /// How often the device ran dry.
    public let underruns: Int
    /// How often it came back from the machine's sleep.
    public let resumptions: Int
    /// True when the mix did not come to its end.
    public let wasStopped: Bool
  }

  private let mix: Mix
  private let device: PCMDevice
  private let startFrame: Int
  private let ring: FrameRing
  private let shouldStop: () -> Bool

  /// How long the sound takes to go when it is stopped.
  public static let stopFadeSeconds = 0.3

  /// - Parameters:
  ///   - startSeconds: where in the mix to begin.
  ///   - shouldStop: asked once per period; true fades out and ends.
  public init(_ mix: Mix, on device: PCMDevice, startSeconds: Double = 0, shouldStop: @escaping () -> Bool) {
    self.mix = mix
    self.device = device
    self.shouldStop = shouldStop
    startFrame = Int((startSeconds * Double(device.configuration.sampleRate)).rounded())
    ring = FrameRing(capacity: max(2048, device.configuration.bufferFrames))
  }

  /// Plays to the end of the mix, or until stopped.
  /// - Throws: `AudioError` (`unavailable`) when the device goes away.
  public func play() throws -> Report {
    let rendering = renderThread()
    defer {
      ring.close()
      rendering.wait()
    }
    return try feed()
  }

  private func renderThread() -> DispatchSemaphore {
    let ended = DispatchSemaphore(value: 0)
    let (mix, ring, start) = (mix, ring, startFrame)
    let rate = Double(device.configuration.sampleRate)
    let end = mix.durationFrames(sampleRate: rate)
    let thread = Thread {
      let renderer = MixRenderer(mix, sampleRate: rate)
      renderer.seek(toFrame: start)
      let block = UnsafeMutableBufferPointer<StereoFrame>.allocate(capacity: Grid.frames)
      block.initialize(repeating: .zero)
      var frame = start
      while frame < end {
        let part = block.extracting(0..<min(Grid.frames, end - frame))
        renderer.render(into: part)
        guard ring.write(UnsafeBufferPointer(part)) else { break }
        frame += part.count
      }
      ring.close()
      block.deallocate()
      ended.signal()
    }
    thread.name = "tingle render"
    thread.stackSize = 1 << 20
    thread.qualityOfService = .userInteractive
    thread.start()
    return ended
  }

  private func feed() throws -> Report {
    let agreed = device.configuration
    let encoder = SampleEncoder(agreed.format, channels: agreed.channels, seed: mix.seed)
    let frames = UnsafeMutableBufferPointer<StereoFrame>.allocate(capacity: agreed.periodFrames)
    frames.initialize(repeating: .zero)
    let bytes = UnsafeMutableRawPointer.allocate(
      byteCount: agreed.periodFrames * encoder.frameBytes, alignment: 16)
    defer {
      frames.deallocate()
      bytes.deallocate()
    }
    let fadeFrames = Int(Self.stopFadeSeconds * Double(agreed.sampleRate))
    var played = 0
    var fadedFrames: Int?
    while fadedFrames ?? 0 < fadeFrames {
      let part = frames.extracting(0..<ring.read(into: frames))
      guard part.count > 0 else { break }
      if fadedFrames == nil, shouldStop() { fadedFrames = 0 }
      if let faded = fadedFrames {
        fade(part, from: faded, over: fadeFrames)
        fadedFrames = faded + part.count
      }
      encoder.encode(UnsafeBufferPointer(part), startFrame: startFrame + played, into: bytes)
      try device.write(bytes, frames: part.count)
      played += part.count
    }
    device.drain()
    return Report(
      playedFrames: played, underruns: device.underruns, resumptions: device.resumptions,
      wasStopped: fadedFrames != nil)
  }

  private func fade(_ frames: UnsafeMutableBufferPointer<StereoFrame>, from faded: Int, over length: Int) {
    for k in 0..<frames.count {
      frames[k] *= Float(1 - Curves.step(Double(faded + k) / Double(length)))
    }
  }
}
