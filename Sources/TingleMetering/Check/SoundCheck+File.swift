import TingleFiles
import TingleMix
import TingleSupport

extension SoundCheck {
  /// Measures a sound file to its end.
  /// - Parameters:
  ///   - path: the path for messages.
  ///   - floorDB: the noise floor of the listening room, in decibels below the track's mean level.
  ///   - makesOverview: whether an overview for a chart is made as well.
  ///   - progress: called with the number of frames measured so far; an error that it throws stops the
  ///     measurement.
  /// - Throws: `UserError` (data) for a file that is damaged or has no frames, and the errors of `progress`.
  public static func of(
    _ file: SoundFileReader, named path: String, floorDB: Double, makesOverview: Bool,
    progress: (Int) throws -> Void = { _ in }
  ) throws -> SoundCheck {
    let check = SoundCheck(
      sampleRate: file.sampleRate, channels: file.channels, floorDB: floorDB, makesOverview: makesOverview)
    try file.read(acceptsDamage: true) { frames in
      check.add(UnsafeBufferPointer(frames))
      try progress(file.readFrames)
    }
    guard file.readFrames > 0 else {
      throw UserError(.data, "the sound file '\(path)' contains no audio")
    }
    return check
  }
}
