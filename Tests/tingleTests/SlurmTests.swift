import Foundation
import Measure
import Testing

/// A Slurm cluster whose only node is this machine.
private final class Cluster {
  let environment: [String: String]
  private var daemons: [Child] = []

  init(in folder: TemporaryFolder) throws {
    // Concurrent test runs use ports of their own.
    let port = 20_000 + Int(getpid()) % 20_000
    let host = String(ProcessInfo.processInfo.hostName.split(separator: ".")[0])
    for name in ["state", "spool"] {
      try FileManager.default.createDirectory(
        atPath: folder.file(name), withIntermediateDirectories: true)
    }
    try """
    ClusterName=tingle
    SlurmctldHost=\(host)(127.0.0.1)
    AuthType=auth/none
    CredType=cred/none
    SlurmUser=\(NSUserName())
    SlurmdUser=\(NSUserName())
    SlurmctldPort=\(port)
    SlurmdPort=\(port + 1)
    StateSaveLocation=\(folder.file("state"))
    SlurmdSpoolDir=\(folder.file("spool"))
    SlurmctldPidFile=\(folder.file("slurmctld.pid"))
    SlurmdPidFile=\(folder.file("slurmd.pid"))
    SlurmctldLogFile=\(folder.file("slurmctld.log"))
    SlurmdLogFile=\(folder.file("slurmd.log"))
    ProctrackType=proctrack/linuxproc
    TaskPlugin=task/none
    SelectType=select/cons_tres
    SelectTypeParameters=CR_CPU
    JobAcctGatherType=jobacct_gather/none
    AccountingStorageType=accounting_storage/none
    SwitchType=switch/none
    MpiDefault=none
    ReturnToService=2
    NodeName=\(host) NodeAddr=127.0.0.1 CPUs=\(ProcessInfo.processInfo.activeProcessorCount) State=UNKNOWN
    PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP

    """.write(toFile: folder.file("slurm.conf"), atomically: true, encoding: .utf8)
    let binaries = (Program.path as NSString).deletingLastPathComponent
    environment = [
      "SLURM_CONF": folder.file("slurm.conf"), "PATH": "\(binaries):/usr/sbin:/usr/bin:/sbin:/bin",
    ]
    for (daemon, words) in [("slurmctld", ["-D", "-c"]), ("slurmd", ["-D"])] {
      daemons.append(try Child("/usr/sbin/" + daemon, words, environment: environment))
    }
    let isUp = try Program.eventually(everySeconds: 0.1) {
      let answer = try Program.run(
        ["-h", "-o", "%t"], environment: environment, executable: "/usr/bin/sinfo")
      return String(decoding: answer.output, as: UTF8.self) == "idle\n"
    }
    #expect(isUp, "the cluster did not start; its logs are in \(folder.path)")
  }

  /// SIGTERM lets the daemons end their own children.
  deinit {
    for daemon in daemons {
      daemon.signal(SIGTERM)
      daemon.wait()
    }
  }
}

extension ProgramTests {
  @Suite("Slurm")
  struct SlurmTests {
    @Test("a job array writes the files of a single run")
    func array() throws {
      let folder = try TemporaryFolder()
      let cluster = try Cluster(in: folder)
      try """
      presets: [\(Program.root)/Presets/glass-and-tin.yaml, \(Program.root)/Presets/relax.yaml]
      seeds: 1..3
      duration: 10s
      folder: \(folder.file("out"))

      """
      .write(toFile: folder.file("plan.yaml"), atomically: true, encoding: .utf8)
      // The script of the guide.
      let guide = try String(contentsOfFile: Program.batchGuide, encoding: .utf8)
      let script = try #require(guide.firstMatch(of: /```sh\n(#!\/bin\/sh\n#SBATCH[^`]*)```/)).1
      try script.replacing("per-task=4", with: "per-task=1").write(
        toFile: folder.file("night.sh"), atomically: true, encoding: .utf8)
      let array = try Program.run(
        ["--wait", "--array=1-3", "--chdir=\(folder.path)", folder.file("night.sh")],
        environment: cluster.environment, executable: "/usr/bin/sbatch")
      #expect(array.status == 0, "\(array.errors)")
      #expect(folder.names.count { $0.hasPrefix("slurm-") && $0.hasSuffix(".out") } == 3)
      let one = try Program.run(
        ["batch", folder.file("plan.yaml"), "-o", folder.file("one"), "--quiet"])
      #expect(one.status == 0)
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.file("one"))
      #expect(names.count == 7)
      for name in names {
        #expect(
          FileManager.default.contents(atPath: folder.file("out/" + name))
            == FileManager.default.contents(atPath: folder.file("one/" + name)), "\(name)")
      }
    }
  }
}
