import ArgumentParser
import Foundation
import TingleDevices
import TinglePresets
import TingleSupport

/// `tingle devices`: lists the device names for `tingle play --device`.
struct DevicesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "devices", abstract: "List the playback devices.")

  func run() throws {
    let devices = PCMDescription.all()
    let width = min(32, devices.map { DisplayText.columns(of: $0.name) }.max() ?? 0)
    for device in devices {
      try StandardOutput.print(
        DisplayText.column(device.name, width) + "  " + DisplayText.line(device.summary))
    }
  }
}
