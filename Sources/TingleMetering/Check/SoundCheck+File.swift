import TingleFiles
import TingleMix
import TingleSupport

extension SoundCheck {
  /// Measures a sound file to its end.
  /// - Parameters:
  ///   - floorDB: how far under the track's mean level the silence of the bedroom is.
  ///   - picturing: whether a picture of the track is made as well.
  ///   - progress: called with the frames measured so far; what it throws ends the work.
  /// - Throws: `UserError` (data) for a file that is broken or has no frames.
  public static func of(
    _ file: SoundFileReader, named path: String, floorDB: Double, picturing: Bool,
    progress: (Int) throws -> Void = { _ in }
  ) throws -> SoundCheck {
    let check = SoundCheck(
      sampleRate: file.sampleRate, channels: file.channels, floorDB: floorDB, picturing: picturing)
    try file.read(toleratesBreaks: true) { frames in
      check.add(UnsafeBufferPointer(frames))
      try progress(file.readFrames)
    }
    guard file.readFrames > 0 else {
      throw UserError(.data, "there is nothing in '\(path)': it is a sound file without sound")
    }
    return check
  }
}
