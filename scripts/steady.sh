#!/usr/bin/env bash
# Whether a camera can be watched for weeks: scripts/steady.sh PROGRAM MODEL PICTURE.jpg [PICTURES]
# Sends the picture PICTURES times (10,000) as motion JPEG, one in a hundred broken off or changed, to `watch`, which has to classify or count every one, end with 0, and take no more
# than one megabyte of memory more at the end than after the first half. Linux, Python 3.
set -euo pipefail
python3 - "$1" "$2" "$3" "${4:-10000}" << 'PYTHON'
import signal, subprocess, sys

# What does not come to an end has failed.
signal.alarm(1800)

program, model, path, count = *sys.argv[1:4], int(sys.argv[4])
picture = open(path, "rb").read()
# In the scan, within the headers, and a marker that none may be.
damage = [picture[:len(picture) * 7 // 8], picture[:100], picture[:-1000] + b"\xff\x3a\xf0" + picture[-997:]]
watch = subprocess.Popen([program, "watch", "-m", model, "--no-drop", "--every-frame"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def memory():
    status = open(f"/proc/{watch.pid}/status").read()
    return int(status.split("VmRSS:")[1].split()[0])


# Each whole picture has a line, and is done when that is read.
most = [0, 0]
for number in range(count):
    broken = number % 100 == 50
    watch.stdin.write(damage[number // 100 % len(damage)] if broken else picture)
    watch.stdin.flush()
    # The reader takes a picture for whole when the next one begins.
    if number > 0 and number % 100 != 51:
        watch.stdout.readline()
    if number % 50 == 0:
        most[number >= count // 2] = max(most[number >= count // 2], memory())
watch.stdin.close()
watch.stdout.read()
said = watch.stderr.read().decode().strip()
code = watch.wait()
damaged = (count + 49) // 100
expected = f"{count - damaged:,} pictures classified, 0 dropped for newer ones, {damaged:,} damaged."
print(f"{said} Memory: {most[0]:,} kB at most in the first half, {most[1]:,} in the second.")
sys.exit(0 if code == 0 and said.endswith(expected) and most[1] - most[0] <= 1024 else 1)
PYTHON
