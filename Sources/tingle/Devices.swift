import ArgumentParser
import Foundation
import TingleDevices
import TinglePresets
import TingleSupport

/// `tingle devices`: what `tingle play --device` can name.
struct Devices: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "List the sound devices that can play.")

  func run() throws {
    let devices = PCMDescription.all()
    let width = min(32, devices.map { DisplayText.columns(of: $0.name) }.max() ?? 0)
    for device in devices {
      try StandardOutput.print(
        DisplayText.column(device.name, width) + "  " + DisplayText.line(device.summary))
    }
  }
}
