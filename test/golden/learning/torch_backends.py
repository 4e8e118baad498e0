"""Layers, their gradients and two training steps, which every TensorFlow.js backend must find: from PyTorch.

Run: python3 torch_backends.py > torch-backends.json   (made with PyTorch 2.13 on one thread, float64)

Input number a of a layer is fill(size, a, 0, 1) of torch_networks.py, the output's gradient fill(size, 9, 0, 1),
all in TensorFlow's order of axes. Of each array two numbers are kept: its Euclidean norm, and its sum against
a fixed wave, which shows where in the array the numbers are.

A training step is ours: batch normalization sees each half of the batch for itself.
"""
import json
import math

import torch
import torch.nn.functional as F

from torch_networks import fill, images, network, ours, set_weights

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)

STEPS, RATE, BATCH, EDGE = 2, 1e-3, 4, 32


def channels_first(x):
    return x.permute(0, 3, 1, 2)


def channels_last(x):
    return x.permute(0, 2, 3, 1)


def convolution(stride, padding):
    return lambda x, w: channels_last(F.conv2d(channels_first(x), w.permute(3, 2, 0, 1), None, stride, padding))


def normalization(x, scale, shift, residual):
    return torch.relu(channels_last(F.batch_norm(channels_first(x), None, None, scale, shift, True)) + residual)


LAYERS = [
    ("convolution", "by tiles", [[2, 8, 8, 8], [3, 3, 8, 16]], 1, 1),
    ("convolution", "without tiles", [[2, 6, 6, 8], [3, 3, 8, 8]], 1, 1),
    ("convolution", "the first of a stage", [[2, 8, 8, 8], [3, 3, 8, 16]], 2, 1),
    ("convolution", "a projection", [[2, 8, 8, 8], [1, 1, 8, 16]], 2, 0),
    ("convolution", "the stem of resnet18", [[1, 16, 16, 1], [7, 7, 1, 8]], 2, 3),
    ("max-pooling", "3 by 3", [[2, 8, 8, 4]], 2, 1),
    ("normalization", "with residual and rectifier", [[2, 4, 4, 8], [8], [8], [2, 4, 4, 8]], None, None),
    ("head", "mean and linear output", [[3, 4, 4, 8], [8, 1], [1]], None, None),
]


def operation(kind, stride, padding):
    return {
        "convolution": convolution(stride, padding),
        "max-pooling": lambda x: channels_last(F.max_pool2d(channels_first(x), 3, stride, padding)),
        "normalization": normalization,
        "head": lambda x, w, b: x.mean((1, 2)) @ w + b,
    }[kind]


def digest(x):
    flat = x.detach().reshape(-1)
    return [float(flat.norm()), float((flat * torch.sin(0.9 * torch.arange(flat.numel(), dtype=torch.float64))).sum())]


def layer_numbers(kind, name, shapes, stride, padding):
    inputs = [fill(math.prod(shape), a, 0.0, 1.0).view(shape).requires_grad_() for a, shape in enumerate(shapes)]
    result = operation(kind, stride, padding)(*inputs)
    result.backward(fill(result.numel(), 9, 0.0, 1.0).view(result.shape))
    row = {"kind": kind, "name": name, "shapes": shapes, "digests": [digest(x) for x in [result, *(i.grad for i in inputs)]]}
    return row if stride is None else {**row, "stride": stride, "padding": padding}


def training_numbers():
    net = network("compact")
    set_weights(net)
    optimizer = torch.optim.Adam(net.parameters(), RATE)
    x = images(BATCH, EDGE)[:, None]
    labels = torch.tensor([[0.5], [-1.0], [0.25], [2.0]])
    losses = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = sum(((net(x[h]) - labels[h]) ** 2).sum() for h in (slice(0, BATCH // 2), slice(BATCH // 2, BATCH))) / BATCH
        loss.backward()
        optimizer.step()
        losses.append(float(loss))
    return {"steps": STEPS, "rate": RATE, "edge": EDGE, "losses": losses, "weights": [digest(ours(p)) for p in net.parameters()]}


print(
    json.dumps(
        {
            "origin": f"torch_backends.py, PyTorch {torch.__version__}",
            "layers": [layer_numbers(*layer) for layer in LAYERS],
            "training": training_numbers(),
        },
        indent=1,
    )
)
