#!/usr/bin/env python3
"""Decoding JPEG beside libjpeg-turbo, one thread each, taking turns in one run.

Usage: ImageSig.Benchmarks/Imaging/libjpeg.py FILE.jpg...     (Debian: libjpeg-turbo-progs)
IMAGESIG names our program (default: dotnet and the Release build), ROUNDS how often both are measured (default 3; the best counts).
Prints milliseconds of processor time of the decode alone, without resizing: ours from `imagesig bench decode`, theirs from tjbench with the accurate DCT and smooth
upsampling, or, where there is no tjbench, djpeg's processor time less what it takes for a picture of one pixel.
"""
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
OURS = os.environ.get("IMAGESIG", f"dotnet {ROOT}/ImageSig.Cli/bin/Release/net10.0/imagesig.dll").split()
SECONDS = "0.5"
REPEATS = 20


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def ours(path):
    """Scale -> (milliseconds, width, height)."""
    lines = [json.loads(line) for line in run(*OURS, "bench", "decode", path, "--seconds", "1", "--json").splitlines()]
    return {line["scale"]: (line["decode"], line["width"], line["height"]) for line in lines}


def tjbench(path, scale, pixels):
    """tjbench tells the time that passed; the processor's share of it, which is what ours tells, is less on a busy machine."""
    arguments = ["-scale", f"1/{scale}"] if scale > 1 else []
    before, start = processor_time(), time.monotonic()
    table = run("tjbench", path, "-rgb", "-accuratedct", "-quiet", "-nowrite", "-benchtime", SECONDS, "-warmup", "0.1", *arguments)
    share = min(1, (processor_time() - before) / (time.monotonic() - start))
    megapixels_a_second = float(re.findall(r"[\d.]+", table.strip().splitlines()[-1])[-1])
    return share * pixels / 1000 / megapixels_a_second


def processor_time():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def djpeg_once(path, scale):
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    for _ in range(REPEATS):
        subprocess.run(["djpeg", "-dct", "int", "-scale", f"1/{scale}", "-outfile", "/dev/null", path], check=True)
    return (resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before) * 1000 / REPEATS


def djpeg(path, scale, pixels):
    with tempfile.NamedTemporaryFile(suffix=".jpg") as one_pixel:
        subprocess.run(["cjpeg", "-outfile", one_pixel.name], input=b"P6 1 1 255\n\0\0\0", check=True)
        return djpeg_once(path, scale) - djpeg_once(one_pixel.name, 1)


def main(paths):
    theirs = tjbench if shutil.which("tjbench") else djpeg
    print(f"| file | scale | ours ms | {theirs.__name__} ms | ours / theirs |")
    print("|---|---|---|---|---|")
    for path in paths:
        best = {}
        for _ in range(int(os.environ.get("ROUNDS", "3"))):
            for scale, (milliseconds, width, height) in ours(path).items():
                mine, other = best.get(scale, (float("inf"), float("inf")))
                best[scale] = min(mine, milliseconds), min(other, theirs(path, scale, width * height))
        for scale, (mine, other) in best.items():
            print(f"| {os.path.basename(path)} | 1/{scale} | {mine:.2f} | {other:.2f} | {mine / other:.2f} |", flush=True)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1:])
