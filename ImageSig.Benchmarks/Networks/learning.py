#!/usr/bin/env python3
"""Does our training learn as well as PyTorch's? The same features, order of samples, settings and kind of initial weights in both.

Usage: ImageSig.Benchmarks/Networks/learning.py DATA SET [MODEL...]     DATA holds SET/train/CLASS/* and SET/test/CLASS/*; conv, attention
Needs Debian's python3-torch and python3-numpy (run it with /usr/bin/python3). IMAGESIG names the program, SEEDS the seeds ("1 2 3").
Both: rows and columns from black, standardized, no augmentation, no validation, batches of 64, 30 epochs, AdamW 0.001, decay 0.01, cosine.
"""
import json
import math
import os
import subprocess
import sys
import tempfile

import numpy
import torch
from torch import nn
from torch.nn import functional

EPOCHS, BATCH, MASK = 30, 64, 0xFFFFFFFF
program = os.environ.get("IMAGESIG", "imagesig")


def order(seed, epoch, count):
    """Our BatchSampler: a Fisher-Yates shuffle by Philox 4x32-10 of (seed, order, epoch)."""
    ready, number, result = [], 0, list(range(count))
    for i in range(count - 1, 0, -1):
        if not ready:
            c, k = [number, 1 << 24, epoch, 0], [seed & MASK, seed >> 32]
            for _ in range(10):
                left, right = c[0] * 0xD2511F53, c[2] * 0xCD9E8D57
                c = [(right >> 32) ^ c[1] ^ k[0], right & MASK, (left >> 32) ^ c[3] ^ k[1], left & MASK]
                k = [(k[0] + 0x9E3779B9) & MASK, (k[1] + 0xBB67AE85) & MASK]
            ready, number = c[::-1], number + 1
        j = (ready.pop() * (i + 1)) >> 32
        result[i], result[j] = result[j], result[i]
    return result


class Block(nn.Module):
    def __init__(self, size=64, heads=8, key=64):
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(size), nn.LayerNorm(size)
        self.parts, self.output = nn.ModuleList(nn.Linear(size, heads * key) for _ in range(3)), nn.Linear(heads * key, size)
        self.mlp = nn.Sequential(nn.Linear(size, size), nn.GELU(), nn.Dropout(0.1), nn.Linear(size, size), nn.GELU(), nn.Dropout(0.1))

    def forward(self, x):
        b, t, _ = x.shape
        q, k, v = (part(self.norm1(x)).view(b, t, self.heads, -1).transpose(1, 2) for part in self.parts)
        chances = functional.dropout(torch.softmax(q @ k.transpose(2, 3) / math.sqrt(q.shape[3]), 3), 0.1, self.training)
        x = x + self.output((chances @ v).transpose(1, 2).reshape(b, t, -1))
        return x + self.mlp(self.norm2(x))


class Network(nn.Module):
    def __init__(self, name, streams, features, classes):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv1d(features, 32, 3), nn.Conv1d(32, 64, 3)
        self.block = Block() if name == "attention" else None
        self.norm, self.score = nn.LayerNorm(64), nn.Linear(64, 1)
        steps = ((streams - 2) // 3 - 2) // 3
        self.dense1, self.dense2 = nn.Linear(64 if self.block else 64 * steps, 50), nn.Linear(50, classes)
        self.dropout = nn.Dropout(0.4)
        for module in self.modules():
            if isinstance(module, (nn.Linear, nn.Conv1d)):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)

    def forward(self, x):
        x = functional.max_pool1d(torch.relu(self.conv1(x)), 3)
        x = functional.max_pool1d(torch.relu(self.conv2(x)), 3).transpose(1, 2)
        if self.block:
            x = self.dropout(self.norm(self.block(x)))
            x = (torch.softmax(self.score(x), 1) * x).sum(1)
        return self.dense2(self.dropout(torch.relu(self.dense1(x.flatten(1)))))


def pytorch(name, seed, train, test):
    (x, y), classes = train, int(train[1].max()) + 1
    torch.manual_seed(seed)
    network = Network(name, x.shape[2], x.shape[1], classes)
    weights = len(y) / (classes * torch.bincount(y).float())
    batches = math.ceil(len(y) / BATCH)
    steps = EPOCHS * batches
    optimizer = torch.optim.AdamW(network.parameters(), lr=0.001, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 0.5 * (1 + math.cos(math.pi * step / steps)))
    for epoch in range(1, EPOCHS + 1):
        samples = torch.tensor(order(seed, epoch, len(y)))
        for i in range(batches):
            batch = samples[len(y) * i // batches:len(y) * (i + 1) // batches]
            loss = functional.cross_entropy(network(x[batch]), y[batch], reduction="none", label_smoothing=0.1 if name == "attention" else 0)
            optimizer.zero_grad()
            (loss * weights[y[batch]]).mean().backward()
            optimizer.step()
            schedule.step()
    network.eval()
    with torch.no_grad():
        return (network(test[0]).argmax(1) == test[1]).float().mean().item()


def ours(name, seed, folder, work):
    model = os.path.join(work, "model.safetensors")
    subprocess.run([program, "train", f"{folder}/train", "-o", model, "--model", name, "--augment", "none", "--validation", "0",
                    "--scaled-decoding", "false", "--epochs", str(EPOCHS), "--batch-size", str(BATCH), "--seed", str(seed), "--quiet"], check=True, stdout=subprocess.DEVNULL)
    answer = subprocess.run([program, "evaluate", model, f"{folder}/test", "--json", "--quiet"], check=True, capture_output=True, text=True).stdout
    return json.loads(answer)["accuracy"]


def features(folder, work):
    arrays = []
    for part in ("train", "test"):
        x, y = os.path.join(work, "x.npy"), os.path.join(work, "y.npy")
        subprocess.run([program, "features", f"{folder}/{part}", "-o", x, "--labels", y, "--two-direction", "--basepoint", "--quiet"],
                       check=True, stdout=subprocess.DEVNULL)
        arrays.append((numpy.load(x), torch.tensor(numpy.load(y))))
    mean, scale = (f(arrays[0][0].astype(numpy.float64), axis=(0, 1)) for f in (numpy.mean, numpy.std))
    return [(torch.tensor(((x - mean) / numpy.where(scale > 0, scale, 1)).astype(numpy.float32)).transpose(1, 2).contiguous(), y) for x, y in arrays]


def row(accuracies):
    mean = sum(accuracies) / len(accuracies)
    return f"{mean:.3f} ({' '.join(f'{accuracy:.3f}' for accuracy in accuracies)})", mean


folder = os.path.join(sys.argv[1], sys.argv[2])
with tempfile.TemporaryDirectory() as work:
    train, test = features(folder, work)
    for name in sys.argv[3:] or ["conv", "attention"]:
        seeds = [int(seed) for seed in os.environ.get("SEEDS", "1 2 3").split()]
        theirs, their_mean = row([pytorch(name, seed, train, test) for seed in seeds])
        own, own_mean = row([ours(name, seed, folder, work) for seed in seeds])
        error = math.sqrt(their_mean * (1 - their_mean) / len(test[1]))
        print(f"| {sys.argv[2]} | {name} | {theirs} | {own} | {own_mean - their_mean:+.3f} | {error:.3f} |", flush=True)
