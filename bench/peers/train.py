"""Training peer: the same network, mean squared error and Adam in PyTorch on the CPU, in float32.

Reads a line of JSON (network, batch, edge, threads, optimizer, rate, weightDecay, parts), then the bytes of
all weights (float32, in our order), of the images (0 or 1 a pixel) and of the labels (float32).
Answers loss and norm of the gradient of the first step, with the statistics of batch normalization
taken by parts as told; then, for each line with a number of steps, the seconds that they take on
the whole batch at once.
"""
import json
import pathlib
import sys
import time

import numpy as np
import torch

sys.path.append(str(pathlib.Path(__file__).parents[2] / "test/golden/learning"))
from torch_networks import network, ours


def read(count, kind):
    return torch.from_numpy(np.frombuffer(sys.stdin.buffer.read(count * np.dtype(kind).itemsize), kind).copy())


order = json.loads(sys.stdin.buffer.readline())
torch.set_num_threads(order["threads"])
net = network(order["network"])
with torch.no_grad():
    for parameter in net.parameters():
        view = ours(parameter)
        view.copy_(read(view.numel(), "<f4").view(view.shape))
batch, edge = order["batch"], order["edge"]
images = read(batch * edge * edge, "u1").view(batch, 1, edge, edge).float() - 0.5
labels = read(batch, "<f4").view(batch, 1)
kinds = {"adam": torch.optim.Adam, "adamw": torch.optim.AdamW}
optimizer = kinds[order["optimizer"]](net.parameters(), order["rate"], weight_decay=order["weightDecay"])


def loss_of(part):
    return ((net(images[part]) - labels[part]) ** 2).sum() / batch


loss = 0.0
first = 0
for size in order["parts"]:
    part_loss = loss_of(slice(first, first + size))
    part_loss.backward()
    loss += float(part_loss)
    first += size
norm = float(torch.sqrt(sum((parameter.grad ** 2).sum() for parameter in net.parameters())))
print(loss, norm, flush=True)

for line in sys.stdin:
    start = time.perf_counter()
    for _ in range(int(line)):
        optimizer.zero_grad()
        loss_of(slice(None)).backward()
        optimizer.step()
    print(time.perf_counter() - start, flush=True)
