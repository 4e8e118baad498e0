"""PyTorch reads a file of ours, starts from color weights as we do, and writes a file for our reader.

Run in the root of the project (made with PyTorch 1.13 on one thread):

    npx esbuild test/golden/learning/write-wave-network.ts --bundle --platform=node --format=cjs --outfile=/tmp/write.cjs
    npx node /tmp/write.cjs /tmp/wave-network.safetensors
    python3 test/golden/learning/safetensors_reference.py /tmp/wave-network.safetensors

It writes safetensors-reference.json and torch-arrays.safetensors beside itself. The format is read and
written here by hand, so that nothing but PyTorch is needed.
"""
import hashlib
import json
import pathlib
import struct
import sys

import torch

from torch_reference import fill, images, network, set_weights

here = pathlib.Path(__file__).parent
types = {torch.float64: "F64", torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16", torch.int64: "I64"}


def load(data):
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    header.pop("__metadata__")
    state = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        assert entry["dtype"] == "F32"
        state[name] = torch.frombuffer(bytearray(data[8 + length + begin : 8 + length + end]), dtype=torch.float32).view(entry["shape"])
    return state


def save(arrays):
    header, data = {}, b""
    for name, array in arrays.items():
        # numpy has no bfloat16.
        raw = (array.view(torch.int16) if array.dtype == torch.bfloat16 else array).numpy().tobytes()
        header[name] = {"dtype": types[array.dtype], "shape": list(array.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data


def predictions_of_our_file(data):
    net = network("compact")
    net.load_state_dict(load(data), strict=True)
    net.eval()
    return net(images(4, 64)[:, None])[:, 0].tolist()


def predictions_from_color_weights():
    net = network("resnet18")
    net.conv1 = torch.nn.Conv2d(3, 64, 7, 2, 3, bias=False)
    set_weights(net)
    with torch.no_grad():
        net.conv1.weight.copy_(fill(64 * 3 * 49, 900, 0.0, 0.05).view(64, 3, 7, 7))
    net.eval()
    gray = images(4, 64)[:, None]
    return net(gray.expand(-1, 3, -1, -1))[:, 0].tolist()


values = torch.tensor([[0.0, -1.5, 3.140625], [65504.0, 2.0**-24, -(2.0**-14)]])
arrays = {
    "double": values.double(),
    "single": values.float(),
    "half": values.half(),
    "brain": values.bfloat16(),
    "special": torch.tensor([float("inf"), float("-inf"), float("nan")]).half(),
    "bn1.num_batches_tracked": torch.tensor([7]),
}
(here / "torch-arrays.safetensors").write_bytes(save(arrays))

ours = pathlib.Path(sys.argv[1]).read_bytes()
golden = {
    "origin": f"safetensors_reference.py, PyTorch {torch.__version__}",
    "ourFile": {"sha256": hashlib.sha256(ours).hexdigest(), "outputs": predictions_of_our_file(ours)},
    "colorWeights": predictions_from_color_weights(),
    "arrays": {name: array.double().reshape(-1).tolist() for name, array in arrays.items() if array.is_floating_point() and name != "special"},
}
(here / "safetensors-reference.json").write_text(json.dumps(golden, indent=1) + "\n")
