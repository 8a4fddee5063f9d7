/// The tool that strikes an object.
public enum Tool: String, Choice {
  case nail, pad, knuckle
  case brushHandle = "brush-handle"
}

extension Tool {
  /// The constants of the tool.
  var model: ToolModel {
    switch self {
    case .nail:
      ToolModel(
        contactSeconds: 0.25e-3, hardening: 0.3, ring: (3500...9500, 0.010, -10), skin: (170, 0.015, -18),
        clickDB: -8, burst: (0, 1), thudDB: -7,
        bounce: (0.4, 4e-3...14e-3, 0.08...0.3), fingerSpread: 0.05)
    case .knuckle:
      ToolModel(
        contactSeconds: 0.8e-3, hardening: 0.35, ring: (800...3000, 0.015, -12), skin: (140, 0.03, -8),
        clickDB: -14, burst: (-2, 0.6), thudDB: 0,
        bounce: (0.15, 8e-3...14e-3, 0.06...0.2), fingerSpread: 0.06)
    case .pad:
      ToolModel(
        contactSeconds: 2e-3, hardening: 0.45, ring: (300...1500, 0.020, -14), skin: (110, 0.025, -2),
        clickDB: -20, burst: (-6, 0.35), thudDB: 0,
        bounce: (0.15, 8e-3...18e-3, 0.05...0.15), fingerSpread: 0.05)
    case .brushHandle:
      ToolModel(
        contactSeconds: 0.4e-3, hardening: 0.32, ring: (1200...6000, 0.030, -7), skin: (210, 0.02, -16),
        clickDB: -11, burst: (-3, 0.9), thudDB: -1,
        bounce: (0.75, 7e-3...16e-3, 0.15...0.45), fingerSpread: 0.01)
    }
  }
}
