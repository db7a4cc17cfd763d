#!/usr/bin/env python3
"""The workloads of `imagesig bench nn` in PyTorch, beside ours, in one run.

Usage: ImageSig.Benchmarks/Networks/pytorch.py [THREADS]     (default 1)
Needs Debian's python3-torch with libopenblas0-pthread (run it with /usr/bin/python3). OpenBLAS does not know processors newer than itself and then
takes its slowest kernel: the heading names the one that ran. Set OPENBLAS_CORETYPE=Haswell (AVX2) or SkylakeX (AVX-512) to be fair. Prints a table of
milliseconds (best of several runs) and ours / PyTorch. Ours gathers the samples of a shuffled batch inside the measured step. PyTorch is first given its
batch as one tensor; in the rows "gathering" it takes the batch out of its samples in shuffled order too, as a training does.
"""
import ctypes
import json
import os
import subprocess
import sys
import time

threads = int(sys.argv[1]) if len(sys.argv) > 1 else 1
os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = str(threads)
import torch
from torch import nn

torch.set_num_threads(threads)


def best(function, runs):
    function()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    return min(times) * 1000


def fc():
    return nn.Sequential(nn.Flatten(), nn.Linear(7680, 50), nn.ReLU(), nn.Dropout(0.4), nn.Linear(50, 2))


def conv():
    return nn.Sequential(
        nn.Conv1d(120, 32, 3), nn.ReLU(), nn.MaxPool1d(3), nn.Conv1d(32, 64, 3), nn.ReLU(), nn.MaxPool1d(3),
        nn.Flatten(), nn.Linear(384, 50), nn.ReLU(), nn.Dropout(0.4), nn.Linear(50, 2))


def train(model, shape, runs, gathers=False):
    inputs, labels, order = torch.rand(*shape), torch.arange(shape[0]) % 2, torch.randperm(shape[0])
    optimizer, loss = torch.optim.Adam(model.parameters()), nn.CrossEntropyLoss()

    def step():
        optimizer.zero_grad()
        batch, wanted = (inputs[order], labels[order]) if gathers else (inputs, labels)
        loss(model(batch), wanted).backward()
        optimizer.step()

    return best(step, runs)


def infer(model, shape):
    model.eval()
    sample = torch.rand(*shape)
    with torch.no_grad():
        return best(lambda: model(sample), 2000)


# Channels first for PyTorch's convolutions, as it wants them.
pytorch = {
    "fc-train-b3000": lambda: train(fc(), (3000, 64, 120), 15),
    "fc-train-b3000 gathering": lambda: train(fc(), (3000, 64, 120), 15, gathers=True),
    "conv-train-b300": lambda: train(conv(), (300, 120, 64), 60),
    "conv-train-b300 gathering": lambda: train(conv(), (300, 120, 64), 60, gathers=True),
    "fc-infer-b1": lambda: infer(fc(), (1, 64, 120)),
    "conv-infer-b1": lambda: infer(conv(), (1, 120, 64)),
}
root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
program = ["dotnet", "run", "-c", "Release", "--project", os.path.join(root, "ImageSig.Cli"), "--"]
if os.environ.get("IMAGESIG"):
    program = [os.environ["IMAGESIG"]]

def kernel():
    try:
        name = ctypes.CDLL("libopenblas.so.0").openblas_get_corename
        name.restype = ctypes.c_char_p
        return name().decode()
    except (OSError, AttributeError):
        return "not OpenBLAS"


print(f"| workload | PyTorch {torch.__version__} (kernel {kernel()}), {threads} thread(s), ms | ours ms | ours / PyTorch |")
print("|---|---|---|---|")
for name, run in pytorch.items():
    ours, theirs = [], []
    # In turns, so that both meet the same moods of the machine.
    for _ in range(3):
        theirs.append(run())
        answer = subprocess.run(program + ["bench", "nn", "--workload", name.split()[0], "--threads", str(threads), "--json"],
                                check=True, capture_output=True, text=True).stdout
        ours.append(json.loads(answer)[0]["minMs"])
    print(f"| {name} | {min(theirs):.3f} | {min(ours):.3f} | {min(ours) / min(theirs):.2f} |", flush=True)
