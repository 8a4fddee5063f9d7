import Foundation
import Measure
import Testing
import TingleFiles
import TingleMix
import TingleSupport

@Suite("SOFA files")
struct SOFAFileTests {
  private func kemar() throws -> HRIRSet {
    struct Missing: Error {}
    guard let head = SOFAFile.standard() else { throw Missing() }
    return head
  }

  @Test("libmysofa's default set is read, and sources on the left are louder in the left ear")
  func standard() throws {
    let head = try kemar()
    #expect(head.directions.count > 500)
    #expect((1.0...2).contains(head.radiusMetres))
    func power(_ ear: [Float]) -> Double { ear.reduce(0) { $0 + Double($1 * $1) } }
    for direction in head.directions where abs(direction.elevationDegrees) < 1 {
      let side = sin(direction.azimuthDegrees * .pi / 180)
      guard abs(side) > 0.3 else { continue }
      #expect((power(direction.right) > power(direction.left)) == (side > 0))
    }
  }

  @Test("at the measured distance, responses match the measurement within 1.5 dB from 200 Hz to 8 kHz")
  func fidelity() throws {
    let head = try kemar()
    func bands(_ response: [Float], _ rate: Double) -> [Double] {
      let padded = response + [Float](repeating: 0, count: max(0, 1024 - response.count))
      let transfer = Transfer(padded, sampleRate: rate)
      // Third octaves, each the mean of five tones.
      return stride(from: 0.0, through: 16, by: 1).map { third in
        let power = (-2...2).reduce(0.0) {
          $0 + pow(10, transfer.levelDB(at: 200 * pow(2, (third + Double($1) / 5) / 3)) / 10)
        }
        return 10 * log10(power / 5)
      }
    }
    let measured = head.directions.filter {
      Int($0.elevationDegrees.rounded()) % 20 == 0 && $0.elevationDegrees > -35
    }
    var differences: [[Double]] = []
    for direction in measured.enumerated().filter({ $0.offset % 7 == 0 }).map(\.element) {
      let ears = Ears(
        .init(
          azimuthDegrees: direction.azimuthDegrees, elevationDegrees: direction.elevationDegrees,
          distanceMetres: head.radiusMetres - Sphere.radiusMetres), head)
      for (rendered, measured) in [
        (ears.leftResponse, direction.left), (ears.rightResponse, direction.right),
      ] {
        differences.append(
          zip(bands(rendered, 48000), bands(measured, head.sampleRate)).map { $0 - $1 })
      }
    }
    // The spectrum common to all directions is not part of the filters.
    for band in 0..<17 {
      let values = differences.map { $0[band] }
      let common = values.sorted()[values.count / 2]
      let within = values.count { abs($0 - common) < 1.5 }
      #expect(Double(within) / Double(values.count) > 0.97, "\(200 * pow(2, Double(band) / 3)) Hz")
    }
  }

  @Test("files that are not SOFA files are rejected")
  func rejected() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func reason(_ name: String, _ content: Data?) throws -> (status: Int32, String)? {
      let path = folder.appendingPathComponent(name).path
      try content?.write(to: URL(fileURLWithPath: path))
      do {
        _ = try SOFAFile.read(path)
        return nil
      } catch {
        return (error as? UserError).map { ($0.exitStatus, $0.description) }
      }
    }
    #expect(try reason("missing.sofa", nil)?.status == EX_NOINPUT)
    #expect(try reason("text.sofa", Data("hello".utf8))?.status == EX_DATAERR)
    #expect(try reason("empty.sofa", Data())?.1.contains("is not a readable SOFA file") == true)
    // A truncated SOFA file is rejected or read, and does not crash.
    let whole = try Data(contentsOf: URL(fileURLWithPath: "/usr/share/libmysofa/default.sofa"))
    for length in stride(from: 100, to: whole.count, by: whole.count / 12) {
      _ = try reason("cut\(length).sofa", whole.prefix(length))
    }
  }
}
