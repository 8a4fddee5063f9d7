// swift-tools-version: 6.2
import PackageDescription

// `make test` sets TINGLE_STRICT, which treats warnings in Tingle's own code as errors. Release builds do
// not, so that a warning of a newer compiler does not break them.
let strict: [SwiftSetting] =
  Context.environment["TINGLE_STRICT"] == nil ? [] : [.treatAllWarnings(as: .error)]

// The instruction set, by default that of every machine of the architecture: the Makefile sets TINGLE_CPU to
// what the building machine has. The samples are the same: multiplications are never fused with additions.
let cpu: [SwiftSetting] =
  switch Context.environment["TINGLE_CPU"] ?? "" {
  case "": []
  case let name: [.unsafeFlags(["-Xcc", "-march=\(name)", "-Xcc", "-ffp-contract=off"])]
  }
let settings = strict + cpu

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies + ["Measure"], swiftSettings: settings)
}

// `make docs` sets TINGLE_DOCS: nothing else needs the documentation plugin.
let documentation: [Package.Dependency] =
  Context.environment["TINGLE_DOCS"] == nil
  ? [] : [.package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.4.0")]

let package = Package(
  name: "tingle",
  products: [
    .executable(name: "tingle", targets: ["tingle"]),
    .library(name: "TingleMix", targets: ["TingleMix", "TingleDSP"]),
    // An ALSA plugin, used only by tests.
    .library(name: "FrailDevice", type: .dynamic, targets: ["FrailDevice"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    .package(url: "https://github.com/google/swift-benchmark", from: "0.1.2"),
  ] + documentation,
  targets: [
    .systemLibrary(name: "CSndFile", pkgConfig: "sndfile", providers: [.apt(["libsndfile1-dev"])]),
    .systemLibrary(name: "CALSA", pkgConfig: "alsa", providers: [.apt(["libasound2-dev"])]),
    .systemLibrary(
      name: "CEBUR128", pkgConfig: "libebur128", providers: [.apt(["libebur128-dev"])]),
    .systemLibrary(name: "CMySofa", pkgConfig: "libmysofa", providers: [.apt(["libmysofa-dev"])]),
    .systemLibrary(name: "CDBus", pkgConfig: "dbus-1", providers: [.apt(["libdbus-1-dev"])]),
    .systemLibrary(name: "CMPG123", pkgConfig: "libmpg123", providers: [.apt(["libmpg123-dev"])]),
    .systemLibrary(name: "COgg", pkgConfig: "ogg", providers: [.apt(["libogg-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CNcurses", providers: [.apt(["libncurses-dev"])]),
    .systemLibrary(name: "CCairo", pkgConfig: "cairo", providers: [.apt(["libcairo2-dev"])]),

    .target(name: "CFloatingPoint"),
    .target(
      name: "CTextures", exclude: ["make-textures.sh", "textures", "textures.inc", "textures.txt"]),
    .target(name: "CLexicon", exclude: ["make-lexicon.py", "lexicon.bin", "letters.bin", "LICENSE"]),

    library("TingleSupport", ["CCrypto"]),
    library("TingleDSP", ["CFloatingPoint", "CTextures"]),
    library("TingleLearning", ["TingleDSP", "TingleSupport"]),
    library("TingleText", ["CLexicon"]),
    library("TingleMix", ["TingleDSP", "CFloatingPoint"]),
    library("TingleScripts", ["TingleSupport", "TingleMix"]),
    library("TinglePresets", ["TingleSupport", "TingleMix", "TingleText", "TingleScripts", "Yams"]),
    library("TingleFiles", ["TingleSupport", "TingleMix", "CSndFile", "CMPG123", "COgg", "CMySofa"]),
    library("TingleDevices", ["TingleSupport", "TingleMix", "CALSA"]),
    library("TingleMetering", ["TingleFiles", "CEBUR128"]),
    library("TingleBatch", ["TinglePresets", "TingleScripts", "TingleFiles", "TingleMetering", "Yams"]),
    library("TingleChart", ["TingleMetering", "CCairo"]),
    library(
      "TingleLive",
      ["TinglePresets", "TingleScripts", "TingleFiles", "TingleDevices", "TingleMetering", "CDBus"]),
    .executableTarget(
      name: "tingle",
      dependencies: [
        "TingleSupport", "TinglePresets", "TingleFiles", "TingleDevices", "TingleMetering", "TingleBatch",
        "TingleChart", "TingleLive", "TingleLearning", "CNcurses",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),

    .target(
      name: "Measure", dependencies: ["TingleMix", "CSndFile"], path: "Tests/Measure",
      swiftSettings: settings),
    .target(
      name: "Fuzzing", dependencies: ["TinglePresets", "TingleMetering"], path: "Tests/Fuzzing",
      swiftSettings: settings),
    .target(
      name: "Calibration", dependencies: ["Measure", "TingleMetering"], path: "Tests/Calibration",
      swiftSettings: settings),
    .executableTarget(
      name: "calibrate", dependencies: ["Calibration"], path: "Tests/Calibrate", swiftSettings: settings),
    .executableTarget(name: "fuzz", dependencies: ["Fuzzing"], path: "Tests/Fuzz", swiftSettings: settings),
    .executableTarget(
      name: "reference", dependencies: ["TinglePresets"], path: "Tests/Reference", swiftSettings: settings),
    .target(name: "AllocationCounter", path: "Tests/AllocationCounter"),
    .target(
      name: "FrailDevice", path: "Tests/FrailDevice", linkerSettings: [.linkedLibrary("asound")]),
    tests("TingleSupportTests", ["TingleSupport"]),
    tests("TingleDSPTests", ["TingleDSP"]),
    tests("TingleLearningTests", ["TingleLearning"]),
    tests("TingleMixTests", ["TingleMix", "AllocationCounter"]),
    .testTarget(
      name: "TingleTextTests", dependencies: ["TingleText"], exclude: ["readings.txt", "unseen.txt"],
      swiftSettings: settings),
    .testTarget(
      name: "TinglePresetsTests", dependencies: ["TinglePresets", "Measure"], exclude: ["fingerprints.txt"],
      swiftSettings: settings),
    tests("TingleScriptsTests", ["TingleScripts", "TinglePresets", "AllocationCounter"]),
    tests("TingleFilesTests", ["TingleFiles", "TingleMetering", "CSndFile"]),
    tests("TingleMeteringTests", ["TingleMetering", "TingleChart", "CSndFile", "Fuzzing", "Calibration"]),
    tests("TingleBatchTests", ["TingleBatch"]),
    tests("TingleLiveTests", ["TingleLive"]),
    tests(
      "tingleTests",
      ["tingle", "TinglePresets", "TingleFiles", "TingleMetering", "TingleDevices", "CSndFile"]),
    .executableTarget(
      name: "fuzz-check",
      dependencies: [
        "Measure", "TingleFiles", "TingleMetering", "TingleChart", "TingleSupport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Tests/FuzzCheck", swiftSettings: settings),
    .executableTarget(
      name: "benchmarks",
      dependencies: [
        "TingleMix", "TingleFiles", "TingleMetering", .product(name: "Benchmark", package: "swift-benchmark"),
      ],
      path: "Tests/Benchmarks", exclude: ["check-instructions.py", "compare-peers.py", "instructions.txt"],
      swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
