"""Writes calculix.json: two 32 x 32 images, exported by xdesign, and what CalculiX says about them.

Debian: apt-get install calculix-ccx python3-numpy
Run after `npm run build`: python3 make-goldens.py [launcher of xdesign]"""
import hashlib
import json
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import zlib

import numpy

here = pathlib.Path(__file__).parent
launcher = sys.argv[1] if len(sys.argv) > 1 else str(here / "../../../bin/xdesign.mjs")
N = 32
STRAIN = 1e-3
# Case of calculix.xdesign, test, format.
RUNS = [
    ("Stress", "compression", "calculix"),
    ("Stress", "heating", "calculix"),
    ("Stress", "periodic", "calculix"),
    ("Strain", "compression", "calculix"),
    ("Strain", "heating", "calculix"),
    ("Strain", "periodic", "calculix"),
    ("Void", "heating", "calculix"),
    ("Void", "periodic", "calculix"),
    ("Stress", "compression", "abaqus"),
]


def whitest(score, fraction):
    image = numpy.zeros(N * N, numpy.uint8)
    image[numpy.argsort(-score.ravel(), kind="stable")[: round(fraction * N * N)]] = 1
    return image.reshape(N, N)


def spots():
    row, column = numpy.mgrid[:N, :N]
    score = numpy.full((N, N), -9.0)
    for x, y in numpy.random.RandomState(1).uniform(0, N, (12, 2)):
        dx, dy = column - x - N * numpy.round((column - x) / N), row - y - N * numpy.round((row - y) / N)
        score = numpy.maximum(score, -numpy.hypot(dx, dy))
    return whitest(score, 0.40)


def spinodal():
    frequency = numpy.hypot(*numpy.meshgrid(numpy.fft.fftfreq(N, 1 / N), numpy.fft.fftfreq(N, 1 / N)))
    noise = numpy.fft.fft2(numpy.random.RandomState(2).standard_normal((N, N)))
    return whitest(numpy.fft.ifft2(noise * numpy.exp(-(((frequency - 4) / 1.2) ** 2))).real, 0.40)


def png(image):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + (255 * row).tobytes() for row in image)
    header = struct.pack(">IIBBBBB", N, N, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def printed(path):
    """The blocks of a .dat file: (what, set, step) to rows of numbers."""
    blocks, rows = {}, None
    for line in path.read_text().splitlines():
        head = re.match(r" *(.+?)(?: \(.*\))? for set (\w+) and time +(\S+)", line)
        if head:
            rows = blocks.setdefault((head[1], head[2], round(float(head[3]))), [])
        elif line.split():
            rows.append([float(number) for number in line.split()])
    return blocks


def edge_mean(rows, component):
    values = [row[component] for row in rows]
    return (sum(values) - (values[0] + values[-1]) / 2) / (len(values) - 1)


def properties(blocks, test):
    """SI units, from the reactions and displacements as the comments of the file say; energies as printed."""
    force = lambda name, step: blocks["total force", name, step][0]
    mean = lambda name, step, component: edge_mean(blocks["displacements", name, step], component)
    energy = lambda step: blocks["total internal energy", "PIXELS", step][0][0]
    if test == "periodic":
        stress = [[force("RIGHT", s)[0] / N, force("TOP", s)[1] / N, force("TOP", s)[0] / N] for s in (1, 2, 3, 4)]
        columns = 1e6 / STRAIN * numpy.array(stress[:3])
        return {"stiffness": columns.T.ravel().tolist(), "heldStress": [1e6 * value for value in stress[3]]}
    result = {
        "Ex": -1e6 * force("RIGHT", 1)[0] / (STRAIN * N),
        "Ey": -1e6 * force("TOP", 2)[1] / (STRAIN * N),
        "nuxy": mean("TOP", 1, 2) / (STRAIN * N),
        "nuyx": mean("RIGHT", 2, 1) / (STRAIN * N),
        "ExOfEnergy": 2e6 * energy(1) / (STRAIN * N) ** 2,
        "EyOfEnergy": 2e6 * energy(2) / (STRAIN * N) ** 2,
    }
    if test == "heating":
        result |= {"alphax": mean("RIGHT", 3, 1) / N, "alphay": mean("TOP", 3, 2) / N}
    return result


images = {"spots": spots(), "spinodal": spinodal()}
version = re.search(r"Version (\S+)", subprocess.run(["ccx", "-v"], capture_output=True, text=True).stdout)[1]
runs = []
with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    for image, pixels in images.items():
        (folder / f"{image}.png").write_bytes(png(pixels))
    for case, test, target in RUNS:
        out = folder / f"{case}-{test}-{target}"
        pictures = [str(folder / f"{image}.png") for image in images]
        specification = str(here / "calculix.xdesign")
        command = ["node", launcher, "export", specification, "--case", case, "--test", test, "--image", *pictures]
        subprocess.run([*command, f"--{target}", "--out", str(out)], check=True)
        for image in images:
            job = f"{image}-{test}{'-calculix' if target == 'calculix' else ''}"
            log = subprocess.run(["ccx", job], cwd=out, capture_output=True, text=True, check=True).stdout
            if "WARNING" in log or "ERROR" in log:
                raise SystemExit(log)
            # Comments and the heading may change without another run of CalculiX.
            lines = (out / f"{job}.inp").read_text().split("\n")[2:]
            data = "\n".join(line for line in lines if not line.startswith("**"))
            results = properties(printed(out / f"{job}.dat"), test)
            sha256 = hashlib.sha256(data.encode()).hexdigest()
            runs.append({"case": case, "test": test, "format": target, "image": image, "sha256": sha256, **results})

golden = {
    "origin": f"made by make-goldens.py: CalculiX {version} on files of xdesign export, images with NumPy {numpy.__version__}; SI units",
    "resolution": N,
    "images": {name: numpy.packbits(pixels).tobytes().hex() for name, pixels in images.items()},
    "runs": runs,
}
(here / "calculix.json").write_text(json.dumps(golden, indent=1) + "\n")
