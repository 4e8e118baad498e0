"""Both networks in PyTorch, and how its arrays lie in ours. torchvision's names, TensorFlow's order of axes."""
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
