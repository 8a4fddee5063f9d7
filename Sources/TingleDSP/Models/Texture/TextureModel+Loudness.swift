extension TextureModel {
  /// The long-term power of each band: the integral of the spectrum under the band's weights.
  var bandPower: [Double] {
    var result = [Double](repeating: 0, count: TextureBands.count)
    let step = 8.0
    for i in 0..<2750 {
      let hz = (Double(i) + 0.5) * step
      let power = density(atHz: hz) * step
      let place = TextureBands.place(ofHz: hz)
      result[place.band] += power * place.share
      result[place.band + 1] += power * (1 - place.share)
    }
    return result
  }

  /// The gain that brings the texture to -26 LUFS: computed from its spectrum, levels and events.
  public var loudnessGain: Double {
    let events = eventPower
    let means = (0..<TextureBands.count).map { meanPower(ofBand: $0) + events[$0] }
    var sum = 0.0
    let step = 8.0
    for i in 0..<2750 {
      let hz = (Double(i) + 0.5) * step
      let place = TextureBands.place(ofHz: hz)
      let power = means[place.band] * place.share + means[place.band + 1] * (1 - place.share)
      sum += density(atHz: hz) * step * power * ApproximateKWeighting.power(atHz: hz)
    }
    // Two channels add up, and the loudness scale has an offset of -0.691 dB.
    let target = Maths.pow(10, (-26 + 0.691 - levelDB) / 10) / 2
    return (target / max(sum, 1e-14)).squareRoot()
  }
}
