"""Writes porous.json: images with pores, exported by xdesign without them, and what CalculiX says about them.

Debian: apt-get install calculix-ccx
Run after `npm run build`: python3 make-porous-goldens.py [launcher of xdesign]"""
import hashlib
import json
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import zlib

here = pathlib.Path(__file__).parent
launcher = sys.argv[1] if len(sys.argv) > 1 else str(here / "../../../bin/xdesign.mjs")
N = 32
STRAIN = 1e-3


def image(is_solid):
    return ["".join("#" if is_solid(x, y) else "." for x in range(N)) for y in range(N)]


IMAGES = {
    # Whole edges, struts of two widths, an island, a dead end.
    "frame": image(lambda x, y: min(x, y, N - 1 - x, N - 1 - y) < 2 or 9 < x < 13 or 19 < y < 21 or (15 < x < 19 and 6 < y < 9) or (y == 26 and 12 < x < 25)),
    # Diagonal struts that reach the edges in places.
    "lattice": image(lambda x, y: abs((x + y) % 16 - 8) < 3 or abs((x - y) % 16 - 8) < 3),
    # Carries along x alone; nothing of it reaches the bottom.
    "bars": image(lambda x, y: y % 16 in (4, 5, 6) or (y < 12 and x in (20, 21, 22) and y > 6)),
}


def png(rows):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    raw = b"".join(b"\0" + bytes(255 if pixel == "#" else 0 for pixel in row) for row in rows)
    header = struct.pack(">IIBBBBB", N, N, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b"")


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


runs = []
with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    for stem, rows in IMAGES.items():
        (folder / f"{stem}.png").write_bytes(png(rows))
    for case in ("Stress", "Strain"):
        for test in ("heating", "periodic"):
            out = folder / f"{case}-{test}"
            pictures = [str(folder / f"{stem}.png") for stem in IMAGES]
            command = ["node", launcher, "export", str(here / "porous.xdesign"), "--case", case, "--test", test, "--image", *pictures]
            subprocess.run([*command, "--calculix", "--out", str(out)], check=True)
            for stem in IMAGES:
                job = f"{stem}-{test}-calculix"
                log = subprocess.run(["ccx", job], cwd=out, capture_output=True, text=True, check=True).stdout
                if "WARNING" in log or "ERROR" in log:
                    raise SystemExit(log)
                text = (out / f"{job}.inp").read_text()
                steps = re.findall(r"^\*\* ((?:compression|strain|shear|heating|held)[a-z0-9 ]*), ", text, re.M)
                blocks = printed(out / f"{job}.dat")
                run = {"case": case, "test": test, "image": stem, "energies": {}}
                for number, step in enumerate(steps, 1):
                    if step not in ("heating", "constrained heating"):
                        energy = blocks["total internal energy", "PIXELS", number][0][0]
                        run["energies"][step] = 2e6 * energy / (STRAIN * N) ** 2
                if stem == "frame" and test == "heating":
                    mean = lambda edge, step, component: edge_mean(blocks["displacements", edge, step], component)
                    run |= {"nuxy": mean("TOP", 1, 2) / (STRAIN * N), "nuyx": mean("RIGHT", 2, 1) / (STRAIN * N)}
                    run |= {"alphax": mean("RIGHT", 3, 1) / N, "alphay": mean("TOP", 3, 2) / N}
                data = "\n".join(line for line in text.split("\n")[2:] if not line.startswith("**"))
                runs.append({**run, "sha256": hashlib.sha256(data.encode()).hexdigest()})

version = re.search(r"Version (\S+)", subprocess.run(["ccx", "-v"], capture_output=True, text=True).stdout)[1]
golden = {"origin": f"made by make-porous-goldens.py: CalculiX {version} on files of xdesign export; SI units", "images": IMAGES, "runs": runs}
(here / "porous.json").write_text(json.dumps(golden, indent=1) + "\n")
