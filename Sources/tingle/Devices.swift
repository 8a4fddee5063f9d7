import ArgumentParser
import Foundation
import TingleAudio
import TingleSupport

/// `tingle devices`: what `tingle play --device` can name.
struct Devices: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "List the sound devices that can play.")

  func run() throws {
    let devices = PCMDescription.all()
    let width = min(32, devices.map(\.name.count).max() ?? 0)
    for device in devices {
      try StandardOutput.print(
        device.name.padding(toLength: max(width, device.name.count) + 2, withPad: " ", startingAt: 0)
          + device.summary)
    }
  }
}
