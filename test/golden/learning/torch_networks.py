"""Both networks in PyTorch, how its arrays lie in ours, and weights and images by formula.

Weights and images are closed formulas:
entry i of array number a (arrays in the order of the layout, entries in the order height, width,
inputs, outputs) is base + amplitude * sin(1.3 * a + (i * i + 7 * i) % 1013), with amplitude sqrt(2 / fan-out) for
convolutions, 0.1 for the rest, and base 1 for normalization scales and running variances, else 0.
Pixel (r, c) of image k is white when sin(0.37 * r + 0.11 * k) + cos(0.23 * c * (k + 1)) > 0.3.
"""
import math

import torch
import torch.nn as nn
import torch.nn.functional as F


class Block(nn.Module):
    def __init__(self, inputs, channels, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, channels, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv2 = nn.Conv2d(channels, channels, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)
        self.downsample = None
        if stride != 1 or inputs != channels:
            self.downsample = nn.Sequential(nn.Conv2d(inputs, channels, 1, stride, bias=False), nn.BatchNorm2d(channels))

    def forward(self, x):
        inner = F.relu(self.bn1(self.conv1(x)))
        shortcut = x if self.downsample is None else self.downsample(x)
        return F.relu(self.bn2(self.conv2(inner)) + shortcut)


class Network(nn.Module):
    def __init__(self, block, kernel, stride, channels, pooled, stages):
        super().__init__()
        self.block = block
        self.conv1 = nn.Conv2d(block * block, channels, kernel, stride, kernel // 2, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.pooled = pooled
        self.count = len(stages)
        inputs = channels
        for s, (width, blocks, step) in enumerate(stages):
            layers = []
            for b in range(blocks):
                layers.append(Block(inputs, width, step if b == 0 else 1))
                inputs = width
            setattr(self, f"layer{s + 1}", nn.Sequential(*layers))
        self.fc = nn.Linear(inputs, 1)

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(F.pixel_unshuffle(x, self.block))))
        if self.pooled:
            x = F.max_pool2d(x, 3, 2, 1)
        for s in range(self.count):
            x = getattr(self, f"layer{s + 1}")(x)
        return self.fc(x.mean((2, 3)))


def network(kind):
    if kind == "resnet18":
        return Network(1, 7, 2, 64, True, [(64, 2, 1), (128, 2, 2), (256, 2, 2), (512, 2, 2)])
    return Network(4, 3, 1, 32, False, [(32, 1, 1), (48, 2, 2), (64, 2, 2)])


def ours(parameter):
    """An array of torch in the order of ours."""
    if parameter.ndim == 4:
        return parameter.permute(2, 3, 1, 0)
    return parameter.t() if parameter.ndim == 2 else parameter


def fill(count, array, base, amplitude):
    i = torch.arange(count)
    return base + amplitude * torch.sin(1.3 * array + ((i * i + 7 * i) % 1013).double())


def images(count, edge):
    k = torch.arange(count).view(-1, 1, 1)
    r = torch.arange(edge).view(1, -1, 1)
    c = torch.arange(edge).view(1, 1, -1)
    return ((torch.sin(0.37 * r + 0.11 * k) + torch.cos(0.23 * c * (k + 1))) > 0.3).double() - 0.5


def set_weights(net):
    with torch.no_grad():
        for a, (name, parameter) in enumerate(net.named_parameters()):
            view = ours(parameter)
            if parameter.ndim == 4:
                amplitude, base = math.sqrt(2 / (view.shape[0] * view.shape[1] * view.shape[3])), 0.0
            else:
                amplitude, base = 0.1, 1.0 if ("bn" in name or "downsample.1" in name) and name.endswith("weight") else 0.0
            view.copy_(fill(view.numel(), a, base, amplitude).view(view.shape))
        for a, (name, buffer) in enumerate((n, b) for n, b in net.named_buffers() if not n.endswith("num_batches_tracked")):
            buffer.copy_(fill(buffer.numel(), a, 1.0 if name.endswith("var") else 0.0, 0.1))
