"""Writes properties.json: what box.cpp and periodic.py of ../fem say about the drawings of examples/paper/literature.

Debian: apt-get install g++ libsuitesparse-dev libopenblas-dev libmetis-dev python3-scipy python3-pil
Run: python3 make-goldens.py"""
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy
from PIL import Image
import scipy

here = pathlib.Path(__file__).parent
sys.path.append(str(here.parent / "fem"))
from periodic import periodic

BORON, ALUMINUM, FOAM = (379.3e9, 0.3, 8.3e-6), (68.3e9, 0.33, 23.6e-6), (0.1e6, 0.25, 1e-15)
SETTINGS = [("boron in aluminum", BORON, (68.3e9, 0.3, 23.6e-6)), ("aluminum in foam", ALUMINUM, FOAM)]

folder = here.parents[2] / "examples" / "paper" / "literature"
images = {path.stem: (numpy.array(Image.open(path).convert("L")) > 127).astype(int) for path in sorted(folder.glob("*.png"))}
material = lambda values: dict(zip(["youngsModulus", "poissonRatio", "thermalExpansion"], values))
runs = []
with tempfile.TemporaryDirectory() as temporary:
    program = f"{temporary}/box"
    subprocess.run(["g++", "-O2", str(here.parent / "fem" / "box.cpp"), "-o", program, "-lcholmod", "-lopenblas", "-lmetis"], check=True)
    for name, white, black in SETTINGS:
        text = f"plane-stress\n{' '.join(map(str, white))}\n{' '.join(map(str, black))}\n128 {len(images)}\n"
        text += "\n".join("".join(map(str, image.ravel())) for image in images.values())
        lines = subprocess.run([program], input=text, capture_output=True, text=True, check=True).stdout.splitlines()
        names = ["Ex", "Ey", "nuxy", "nuyx", "alphax", "alphay"]
        box = {image: dict(zip(names, map(float, line.split()))) for image, line in zip(images, lines)}
        cells = {}
        for image, pixels in images.items():
            stiffness, expansion = periodic(pixels, white, black, "plane-stress")
            compliance = numpy.linalg.inv(stiffness.astype(float))
            cells[image] = {"Ex": 1 / compliance[0, 0], "Ey": 1 / compliance[1, 1], "nuxy": -compliance[0, 1] / compliance[0, 0], "alphax": float(expansion[0]), "alphay": float(expansion[1])}
        runs.append({"name": name, "white": material(white), "black": material(black), "box": box, "periodic": cells})
        print(name, "done", flush=True)
origin = f"made by make-goldens.py: box by ../fem/box.cpp (CHOLMOD), periodic by ../fem/periodic.py (SuperLU of SciPy {scipy.__version__}); plane stress, SI units"
(here / "properties.json").write_text(json.dumps({"origin": origin, "runs": runs}, indent=1) + "\n")
