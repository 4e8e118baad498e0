"""Reference numbers for networks, optimizers and schedules, from PyTorch.

Run: python3 torch_reference.py > torch-reference.json   (made with PyTorch 1.13 on one thread, float64)

Weights and images follow from the formulas in torch_networks.py, so that nothing but the results needs to be stored.
"""
import json

import torch
import torch.nn as nn
import torch.nn.functional as F

from torch_networks import fill, images, network, ours, set_weights

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)


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
