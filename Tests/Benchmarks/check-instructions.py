#!/usr/bin/env python3
"""Counts the instructions of three fixed renders with valgrind and compares them with the recorded counts.

    check-instructions.py             exits with status 1 if a render takes over 3 % more than recorded
    check-instructions.py --record    writes the counts to instructions.txt

Counts, unlike times, do not depend on what else the machine does. They do depend on the compiler and the
instruction set, so they are recorded for one of each.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
RECORD = HERE / "instructions.txt"
TOLERANCE = 0.03
SECONDS = 20
PRESETS = ["dark-noise", "rain-on-the-window", "library"]


def build():
    swift = subprocess.run(["swift", "--version"], capture_output=True, text=True, check=True).stdout
    version = re.search(r"Swift version (\S+)", swift).group(1)
    return f"Swift {version}, {os.environ.get('TINGLE_CPU') or os.uname().machine}"


def instructions(preset):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        # Valgrind 3.19 does not read the debugging information of Swift.
        program = folder / "tingle"
        subprocess.run(["strip", "--strip-debug", "-o", program, ROOT / ".build/release/tingle"], check=True)
        run = subprocess.run(
            ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", program,
             "render", preset, "--duration", f"{SECONDS}s", "--jobs", "1", "--quiet", "-o",
             folder / "render.wav"],
            capture_output=True, text=True, cwd=ROOT)
    if run.returncode != 0:
        sys.exit(f"check-instructions: the render of '{preset}' failed: {run.stderr.strip()}")
    return int(re.search(r"I\s+refs:\s+([\d,]+)", run.stderr).group(1).replace(",", ""))


def main():
    counts = {preset: instructions(preset) for preset in PRESETS}
    if "--record" in sys.argv:
        lines = [f"# {build()}: millions of instructions of {SECONDS} s"]
        lines += [f"{preset} {count / 1e6:.1f}" for preset, count in counts.items()]
        RECORD.write_text("\n".join(lines) + "\n")
        return
    header, *lines = RECORD.read_text().splitlines()
    recorded_build = header.removeprefix("# ").split(":")[0]
    recorded = {name: 1e6 * float(millions) for name, millions in (line.split() for line in lines)}
    comparable = recorded_build == build()
    worse = []
    for preset, count in counts.items():
        change = count / recorded[preset] - 1
        print(f"{preset:20} {count / 1e6:9.1f} million instructions, {100 * change:+.1f} %")
        if change > TOLERANCE:
            worse.append(preset)
    if not comparable:
        print(f"The recorded counts are of {recorded_build}, this is {build()}: not compared.")
    elif worse:
        sys.exit(f"check-instructions: over {100 * TOLERANCE:.0f} % more than recorded: {', '.join(worse)}")


main()
