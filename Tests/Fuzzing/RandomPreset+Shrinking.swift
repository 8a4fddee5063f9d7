/// Shrinks a failing preset.
extension RandomPreset {
  /// Removes parts of the preset one by one as long as it still fails.
  public func shrunk(while fails: (RandomPreset) -> Bool) -> RandomPreset {
    var smallest = self
    var isSmaller = true
    while isSmaller {
      isSmaller = false
      for candidate in smallest.smaller where fails(candidate) {
        smallest = candidate
        isSmaller = true
        break
      }
    }
    return smallest
  }

  /// All presets with one part less: a layer, a value, or mono.
  private var smaller: [RandomPreset] {
    var all: [RandomPreset] = []
    for k in layers.indices.dropFirst() {
      var one = self
      one.layers.remove(at: k)
      all.append(one)
    }
    for k in values.indices where values[k].key != "for" {
      var one = self
      one.values.remove(at: k)
      all.append(one)
    }
    for k in layers.indices {
      for j in layers[k].values.indices where layers[k].values[j].key != "role" {
        var one = self
        one.layers[k].values.remove(at: j)
        all.append(one)
      }
    }
    if isMono {
      var one = self
      one.isMono = false
      all.append(one)
    }
    return all
  }
}
