#!/usr/bin/env python3
"""Compares the CPU time of Tingle with that of other programs that make sound.

    compare-peers.py [--preset NAME ...]

Every pair makes the same length of 24-bit stereo sound (espeak-ng: 16-bit mono), in turn, five times; the
medians of user and system time are compared. Ratios above 1: Tingle is faster.
"""

import argparse
import os
import pathlib
import statistics
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TINGLE = ROOT / ".build/release/tingle"
SECONDS = 600
RUNS = 5
ORCHESTRA = """
sr = 48000
ksmps = 256
nchnls = 2
0dbfs = 1
instr 1
  outs 0.1 * pinker(), 0.1 * pinker()
endin
"""
WORDS = "and now let your shoulders sink. there is nothing to do and nowhere to go. "


def cpu_seconds(command):
    before = os.times()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
    after = os.times()
    used = after.children_user - before.children_user + after.children_system - before.children_system
    return used


def compare(name, ours, theirs):
    pairs = [(cpu_seconds(ours), cpu_seconds(theirs)) for _ in range(RUNS)]
    mine, peer = (statistics.median(column) for column in zip(*pairs))
    print(f"{name:44} {mine:7.2f} s {peer:7.2f} s {peer / mine:6.2f}", flush=True)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--preset", nargs="*", default=["dark-noise", "unwind", "library", "hair-brushing"])
    presets = arguments.parse_args().preset
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        output = folder / "peer.wav"

        def sox(colour):
            return ["sox", "-n", "-r", "48000", "-b", "24", "-c", "2", output, "synth", str(SECONDS), colour,
                    "gain", "-12"]

        def tingle(*what):
            return [TINGLE, "render", *what, "--duration", f"{SECONDS}s", "--jobs", "1", "--quiet", "--force",
                    "-o", folder / "tingle.wav"]

        def dry(layer):
            return tingle("--layer", layer, "--no-bed", "--speakers")

        print(f"{SECONDS} s of sound, CPU time: {'Tingle':>22} {'peer':>9}  ratio")
        compare("pink noise, SoX", dry("noise:colour=pink"), sox("pinknoise"))
        compare("brown noise, SoX", dry("noise:colour=brown"), sox("brownnoise"))
        orchestra, score = folder / "pink.orc", folder / "pink.sco"
        orchestra.write_text(ORCHESTRA)
        score.write_text(f"i 1 0 {SECONDS}\n")
        compare("pink noise, Csound", dry("noise:colour=pink"),
                ["csound", "-d", "-W", "-3", "-o", output, orchestra, score])
        text = folder / "words.txt"
        text.write_text(WORDS * (SECONDS // 6))
        compare("whispered words, espeak-ng", dry(f"whisper:text={WORDS.strip()}"),
                ["espeak-ng", "-v", "en+whisper", "-f", text, "-w", output])
        for preset in presets:
            compare(f"{preset}, SoX pink noise", tingle(preset), sox("pinknoise"))


main()
