"""Writes virtual-tests.json: six images, and what box.cpp and periodic.py say about them.

Debian: apt-get install g++ libsuitesparse-dev libopenblas-dev libmetis-dev python3-scipy
Run: python3 make-goldens.py"""
import importlib
import json
import pathlib
import subprocess
import tempfile

import numpy
import scipy

here = pathlib.Path(__file__).parent
pictures = importlib.import_module("make-images")
from periodic import periodic

BORON, ALUMINUM = (379.3e9, 0.3, 8.3e-6), (68.3e9, 0.3, 23.6e-6)
ALUMINUM_33, FOAM = (68.3e9, 0.33, 23.6e-6), (0.1e6, 0.25, 1e-15)
SETTINGS = [
    ("boron in aluminum", "plane-stress", BORON, ALUMINUM),
    ("aluminum in foam", "plane-stress", ALUMINUM_33, FOAM),
    ("boron in aluminum", "plane-strain", BORON, ALUMINUM),
]

images = pictures.images()
n = pictures.N
with tempfile.TemporaryDirectory() as folder:
    program = f"{folder}/box"
    subprocess.run(["g++", "-O2", str(here / "box.cpp"), "-o", program, "-lcholmod", "-lopenblas", "-lmetis"], check=True)
    runs = []
    for name, plane, white, black in SETTINGS:
        text = f"{plane}\n{' '.join(map(str, white))}\n{' '.join(map(str, black))}\n{n} {len(images)}\n"
        text += "\n".join("".join(map(str, image.ravel())) for image in images.values())
        lines = subprocess.run([program], input=text, capture_output=True, text=True, check=True).stdout.splitlines()
        box = [dict(zip(["Ex", "Ey", "nuxy", "nuyx", "alphax", "alphay"], map(float, line.split()))) for line in lines]
        cell = []
        for image in images.values():
            stiffness, expansion = periodic(image, white, black, plane)
            cell.append({"stiffness": stiffness.ravel().tolist(), "expansion": expansion.tolist()})
        material = lambda values: dict(zip(["youngsModulus", "poissonRatio", "thermalExpansion"], values))
        runs.append({"name": name, "plane": plane, "white": material(white), "black": material(black), "box": box, "periodic": cell})
        print(name, plane, "done", flush=True)

origin = (
    "made by make-goldens.py: compression and heating by box.cpp (CHOLMOD), periodic by periodic.py "
    f"(SuperLU of SciPy {scipy.__version__}), images by make-images.py (NumPy {numpy.__version__}); SI units"
)
golden = {
    "origin": origin,
    "resolution": n,
    "images": {name: pictures.to_hex(image) for name, image in images.items()},
    "runs": runs,
}
(here / "virtual-tests.json").write_text(json.dumps(golden, indent=1) + "\n")
