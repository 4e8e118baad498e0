"""Reference numbers for networks, optimizers and schedules, from PyTorch.

Run: python3 torch_reference.py > torch-reference.json   (made with PyTorch 1.13 on one thread, float64)

Weights and images are closed formulas, so that nothing but the results needs to be stored:
entry i of array number a (arrays in the order of the layout, entries in the order height, width,
inputs, outputs) is base + amplitude * sin(1.3 * a + (i * i + 7 * i) % 1013), with amplitude sqrt(2 / fan-out) for
convolutions, 0.1 for the rest, and base 1 for normalization scales and running variances, else 0.
Pixel (r, c) of image k is white when sin(0.37 * r + 0.11 * k) + cos(0.23 * c * (k + 1)) > 0.3.
"""
import json
import math

import torch
import torch.nn as nn
import torch.nn.functional as F

from torch_networks import network, ours

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)


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


def network_numbers(kind):
    net = network(kind)
    set_weights(net)
    x = images(4, 64)[:, None]
    labels = torch.tensor([[0.5], [-1.0], [0.25], [2.0]])
    net.eval()
    result = {"parameters": sum(p.numel() for p in net.parameters()), "names": [n for n, _ in net.named_parameters()]}
    result["evaluation"] = net(x)[:, 0].tolist()
    net.train()
    outputs = net(x)
    loss = ((outputs - labels) ** 2).mean()
    loss.backward()
    result["loss"] = float(loss)
    result["gradientNorms"] = [float(p.grad.norm()) for p in net.parameters()]
    # The sum against a fixed wave shows where in the array the numbers are.
    result["gradientWaves"] = [
        float((ours(p.grad).reshape(-1) * torch.sin(0.9 * torch.arange(p.numel(), dtype=torch.float64))).sum())
        for n, p in net.named_parameters()
    ]
    return result


def optimizer_numbers(kind):
    p = nn.Parameter(fill(6, 1, 0.0, 1.0))
    make = {"adam": lambda: torch.optim.Adam([p], 0.01), "adamw": lambda: torch.optim.AdamW([p], 0.01, weight_decay=0.1)}
    optimizer = make[kind]()
    for step in range(5):
        p.grad = fill(6, 2 + step, 0.0, 0.5)
        optimizer.step()
    return p.tolist()


def one_cycle_numbers():
    optimizer = torch.optim.SGD([nn.Parameter(torch.zeros(1))], 1.0)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 0.01, total_steps=40, pct_start=0.3, cycle_momentum=False)
    rates = []
    for _ in range(40):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if len(rates) < 40:
            schedule.step()
    return rates


def upsampling_numbers():
    raster = fill(16, 3, 1.0, 1.0).view(1, 1, 4, 4)
    return F.interpolate(raster, size=(10, 10), mode="bilinear", align_corners=False).reshape(-1).tolist()


if __name__ == "__main__":
    print(
        json.dumps(
            {
                "origin": f"torch_reference.py, PyTorch {torch.__version__}",
                "compact": network_numbers("compact"),
                "resnet18": network_numbers("resnet18"),
                "adam": optimizer_numbers("adam"),
                "adamw": optimizer_numbers("adamw"),
                "oneCycle": one_cycle_numbers(),
                "upsampling": upsampling_numbers(),
            },
            indent=1,
        )
    )
