/// Making a preset that fails as small as it can be while it still fails.
extension RandomPreset {
  /// The smallest preset found that `fails`, by leaving out one thing after another.
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

  /// Every preset with one thing less: a layer, a value, the longer part of its length.
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
