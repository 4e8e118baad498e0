"""Writes raster.json: small pictures of every format that is read, made by independent programs, and their pixels.

Debian: apt-get install python3-numpy python3-pil python3-tifffile libtiff-tools netpbm
Run: python3 make-goldens.py

A file has `deflated`, its bytes compressed by zlib as base64, and `pages`: the numbers of its pictures in `pictures`, each with its width, height and gray values,
computed from the arrays that the file was made of; for JPEG the gray values that Pillow (libjpeg-turbo) decodes."""
import base64
import io
import json
import pathlib
import subprocess
import tempfile
import zlib

import numpy as np
import tifffile
from PIL import Image

here = pathlib.Path(__file__).parent
rng = np.random.default_rng(16)
files = []
pictures = []


def gray_of(colors):
    """Rec. 709 luminance of red, green, blue."""
    return colors.astype(float) @ np.array([2126, 7152, 722]) / 10000


def number_of(values):
    """The number of a picture in `pictures`, which has each once."""
    values = np.asarray(values).astype(float).round(4)
    whole = [int(v) if v == int(v) else v for v in values.ravel().tolist()]
    picture = {"width": values.shape[1], "height": values.shape[0], "values": whole}
    if picture not in pictures:
        pictures.append(picture)
    return pictures.index(picture)


def add(name, data, *pages):
    deflated = base64.b64encode(zlib.compress(data, 9)).decode()
    files.append({"name": name, "deflated": deflated, "pages": [number_of(p) for p in pages]})


def smooth(height, width, largest, dtype):
    """Values with long runs and repetitions, and with noise, so that every compression has something to do."""
    y, x = np.mgrid[:height, :width]
    values = (np.sin(x / 3) + np.cos(y / 2)) / 4 + 0.5
    values = np.where((x // 5 + y // 4) % 3 == 0, 0, values) + rng.random((height, width)) * 0.05
    values[0, 0] = 1
    return np.round(np.clip(values, 0, 1) * largest).astype(dtype)


gray8 = smooth(7, 11, 255, np.uint8)
gray16 = smooth(7, 11, 65535, np.uint16)
color = np.stack([smooth(7, 11, 255, np.uint8) for _ in range(3)], axis=-1)
bits = smooth(7, 11, 1, bool)


def saved(image, form, **settings):
    out = io.BytesIO()
    image.save(out, form, **settings)
    return out.getvalue()


def png():
    add("PNG gray 8", saved(Image.fromarray(gray8), "PNG"), gray8)
    add("PNG gray 16", saved(Image.fromarray(gray16), "PNG"), gray16)
    add("PNG 1 bit", saved(Image.fromarray(bits), "PNG"), bits * 255)
    interlaced = netpbm(saved(Image.fromarray(gray8), "PPM"), "pnmtopng", "-interlace")
    add("PNG gray 8, interlaced", interlaced, gray8)
    add("PNG RGB", saved(Image.fromarray(color), "PNG"), gray_of(color))
    add("PNG RGB of grays", saved(Image.fromarray(np.repeat(gray8[..., None], 3, -1)), "PNG"), gray8)
    opaque = np.dstack([color, np.full(gray8.shape, 255, np.uint8)])
    add("PNG RGB with opaque alpha", saved(Image.fromarray(opaque), "PNG"), gray_of(color))
    add("PNG gray with opaque alpha", saved(Image.fromarray(gray8).convert("LA"), "PNG"), gray8)
    palette = Image.fromarray(color).quantize(7)
    add("PNG palette", saved(palette, "PNG"), gray_of(np.asarray(palette.convert("RGB"))))


def tiff(array, **settings):
    out = io.BytesIO()
    tifffile.imwrite(out, array, metadata=None, **settings)
    return out.getvalue()


def recoded(data, *options):
    """The file written again by libtiff's tiffcp."""
    with tempfile.TemporaryDirectory() as folder:
        before, after = pathlib.Path(folder, "before.tif"), pathlib.Path(folder, "after.tif")
        before.write_bytes(data)
        subprocess.run(["tiffcp", *options, before, after], check=True)
        return after.read_bytes()


def tiffs():
    float32 = (smooth(7, 11, 1000, np.int32) / 7 - 50).astype(np.float32)
    float64 = float32.astype(np.float64) / 4
    signed = (smooth(7, 11, 60000, np.int32) - 30000).astype(np.int16)
    plain8, plain16, plain32, plain_rgb = tiff(gray8), tiff(gray16), tiff(float32), tiff(color, photometric="rgb")
    for order, name in (("<", "little"), (">", "big")):
        add(f"TIFF gray 8, {name} endian", tiff(gray8, byteorder=order), gray8)
        add(f"TIFF gray 16, {name} endian", tiff(gray16, byteorder=order), gray16)
        add(f"TIFF float 32, {name} endian", tiff(float32, byteorder=order), float32)
        add(f"TIFF float 64, {name} endian", tiff(float64, byteorder=order), float64)
        add(f"TIFF signed 16, {name} endian", tiff(signed, byteorder=order), signed)
        add(f"BigTIFF gray 16, {name} endian", tiff(gray16, byteorder=order, bigtiff=True), gray16)
    add("TIFF unsigned 32", tiff(gray16.astype(np.uint32) * 3), gray16.astype(float) * 3)
    add("TIFF strips of 4 rows", tiff(gray8, rowsperstrip=3), gray8)
    add("TIFF tiles", tiff(gray16, tile=(16, 16)), gray16)
    add("TIFF tiles of RGB", tiff(color, photometric="rgb", tile=(16, 16)), gray_of(color))
    add("TIFF RGB", plain_rgb, gray_of(color))
    add("TIFF RGB 16", tiff(color.astype(np.uint16) * 200, photometric="rgb"), gray_of(color) * 200)
    for code, name in (("lzw:2", "LZW, predictor"), ("zip", "Deflate")):
        add(f"TIFF RGB, {name}", recoded(plain_rgb, "-c", code), gray_of(color))
    add("TIFF RGB, planes", tiff(np.moveaxis(color, -1, 0).copy(), photometric="rgb", planarconfig="separate"), gray_of(color))
    alpha = np.dstack([color, np.full(gray8.shape, 255, np.uint8)])
    add("TIFF RGB with opaque alpha", tiff(alpha, photometric="rgb", extrasamples=["unassalpha"]), gray_of(color))
    add("TIFF white is zero", tiff(gray8, photometric="miniswhite"), 255 - gray8.astype(int))
    add("TIFF white is zero, 16 bits", tiff(gray16, photometric="miniswhite"), 65535 - gray16.astype(int))
    add("TIFF palette", saved(Image.fromarray(color).quantize(7), "TIFF"), gray_of(np.asarray(Image.fromarray(color).quantize(7).convert("RGB"))))
    add("TIFF 1 bit", saved(Image.fromarray(bits), "TIFF"), bits * 255)
    add("TIFF 1 bit, PackBits", saved(Image.fromarray(bits), "TIFF", compression="packbits"), bits * 255)
    add("TIFF by Pillow, LZW", saved(Image.fromarray(gray8), "TIFF", compression="tiff_lzw"), gray8)
    add("TIFF by Pillow, Deflate", saved(Image.fromarray(gray16), "TIFF", compression="tiff_adobe_deflate"), gray16)
    for code, name in (("packbits", "PackBits"), ("lzw", "LZW"), ("lzw:2", "LZW, predictor"), ("zip", "Deflate"), ("zip:2", "Deflate, predictor")):
        add(f"TIFF gray 8, {name}", recoded(plain8, "-c", code, "-r", "3"), gray8)
        add(f"TIFF gray 16, {name}", recoded(plain16, "-c", code, "-B"), gray16)
        add(f"TIFF RGB in planes, {name}", recoded(plain_rgb, "-c", code, "-p", "separate", "-r", "4"), gray_of(color))
        add(f"TIFF tiles, {name}", recoded(plain16, "-c", code, "-t", "-w", "16", "-l", "16"), gray16)
    add("TIFF float 32, Deflate, predictor 3", recoded(plain32, "-c", "zip:3"), float32)
    add("TIFF float 32, LZW, predictor 3", recoded(plain32, "-c", "lzw:3", "-r", "3"), float32)
    # More than 4096 codes of LZW, so that its table is full and begins again.
    # Its pixels are not in `pictures`, the test computes them.
    i = np.arange(64 * 70)
    noise = ((i * i * 7919 + i * 104729 >> 8) % 256).astype(np.uint8).reshape(64, 70)
    add("TIFF LZW with a full table", recoded(tiff(noise), "-c", "lzw", "-r", "64"))
    stack = np.stack([gray8, 255 - gray8, np.flipud(gray8)])
    add("TIFF stack", tiff(stack, photometric="minisblack"), *stack)
    add("TIFF stack, Deflate", recoded(tiff(stack, photometric="minisblack"), "-c", "zip"), *stack)
    add("TIFF stack of ImageJ", imagej(stack), *stack)
    out = io.BytesIO()
    with tifffile.TiffWriter(out) as writer:
        writer.write(gray8, metadata=None)
        writer.write(gray8[::2, ::2].copy(), subfiletype=1, metadata=None)
        writer.write(gray16[:5], metadata=None)
    add("TIFF of two sizes with a preview between", out.getvalue(), gray8, gray16[:5])


def imagej(stack):
    out = io.BytesIO()
    tifffile.imwrite(out, stack, imagej=True)
    return out.getvalue()


def netpbm(text, *command):
    return subprocess.run(command, input=text, stdout=subprocess.PIPE, check=True).stdout


def pnm():
    pgm = saved(Image.fromarray(gray8), "PPM")
    add("PGM", pgm, gray8)
    add("PGM, plain", netpbm(pgm, "pnmtoplainpnm"), gray8)
    wide = b"P5\n# 16 bits\n11 7\n65535\n" + gray16.astype(">u2").tobytes()
    add("PGM 16 bits", wide, gray16)
    add("PGM 16 bits, plain", netpbm(wide, "pnmtoplainpnm"), gray16)
    pbm = saved(Image.fromarray(bits), "PPM")
    add("PBM", pbm, bits * 255)
    add("PBM, plain", netpbm(pbm, "pnmtoplainpnm"), bits * 255)
    ppm = saved(Image.fromarray(color), "PPM")
    add("PPM", ppm, gray_of(color))
    add("PPM, plain", netpbm(ppm, "pnmtoplainpnm"), gray_of(color))
    few = gray8 // 16
    add("PGM of 16 values", b"P5 11 7 15\n" + few.tobytes(), few)


def jpeg():
    y, x = np.mgrid[:12, :18]
    picture = Image.fromarray((120 + 80 * np.sin(x / 6) * np.cos(y / 5)).astype(np.uint8))
    tinted = Image.merge("RGB", [picture, picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT), picture])
    for name, image, settings in (
        ("JPEG gray", picture, {}),
        ("JPEG gray, progressive", picture, {"progressive": True}),
        ("JPEG RGB", tinted, {"subsampling": 0}),
        ("JPEG RGB, progressive", tinted, {"subsampling": 0, "progressive": True}),
    ):
        data = saved(image, "JPEG", quality=90, **settings)
        decoded = np.asarray(Image.open(io.BytesIO(data)))
        add(name, data, decoded if decoded.ndim == 2 else gray_of(decoded))


png()
tiffs()
pnm()
jpeg()


def lines(items):
    return ",\n".join(json.dumps(item, separators=(",", ":")) for item in items)


(here / "raster.json").write_text(f'{{"files":[\n{lines(files)}\n],"pictures":[\n{lines(pictures)}\n]}}\n')
print(len(files), "files")
