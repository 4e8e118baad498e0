"""Writes libpng.json: PNG files of many kinds, sound, odd and damaged, and what libpng says about each.

Debian: apt-get install gcc libpng-dev
Run: python3 make-goldens.py"""
import base64
import json
import pathlib
import random
import struct
import subprocess
import tempfile
import zlib

here = pathlib.Path(__file__).parent
SIGNATURE = b"\x89PNG\r\n\x1a\n"
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
DEPTHS = {0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16]}
ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
random.seed(20)


def chunk(kind, data=b"", crc=0):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", (zlib.crc32(kind + data) ^ crc) & 0xFFFFFFFF)


def is_white(row, column, n):
    """A shape that no flip, turn or shift maps onto itself."""
    return (row * 3 + column * 5) % 7 < 3 or (row < n // 3 and column < n // 2)


def paeth(a, b, c):
    p = a + b - c
    distances = (abs(p - a), abs(p - b), abs(p - c))
    return (a, b, c)[distances.index(min(distances))]


def filtered(rows, pixel_bytes, kinds):
    """Rows of packed bytes with PNG's filters, `kinds` in turn."""
    out, above = b"", bytes(len(rows[0]))
    for i, row in enumerate(rows):
        kind = kinds[i % len(kinds)]
        out += bytes([kind])
        for x, value in enumerate(row):
            a = row[x - pixel_bytes] if x >= pixel_bytes else 0
            c = above[x - pixel_bytes] if x >= pixel_bytes else 0
            guess = [0, a, above[x], (a + above[x]) // 2, paeth(a, above[x], c)][kind]
            out += bytes([(value - guess) & 255])
        above = row
    return out


def raw_pixels(n, color_type, depth, pixel, interlaced=0, kinds=(0,)):
    bits = CHANNELS[color_type] * depth
    raw = b""
    for x0, y0, dx, dy in ADAM7 if interlaced else [(0, 0, 1, 1)]:
        rows = []
        for row in range(y0, n, dy):
            text = "".join(format(v, f"0{depth}b") for column in range(x0, n, dx) for v in pixel(row, column))
            text += "0" * (-len(text) % 8)
            rows.append(bytes(int(text[i : i + 8], 2) for i in range(0, len(text), 8)))
        if rows and rows[0]:
            raw += filtered(rows, max(1, bits // 8), kinds)
    return raw


def values(color_type, depth, white, dark=0.0):
    """Samples of an image in which white has the value 1 and black the value `dark`."""
    top = 2**depth - 1
    level = top if white else round(dark * top)
    if color_type == 3:
        return [1 if white else 0]
    return [level] * (3 if color_type in (2, 6) else 1) + ([top] if color_type in (4, 6) else [])


def png(n=8, color_type=0, depth=8, interlaced=0, kinds=(0,), pixel=None, header=None, before=b"", idat=None, middle=None, after=b"", end=None, palette=b"\x20\x00\x40\xff\xf0\xe0"):
    pixel = pixel or (lambda row, column: values(color_type, depth, is_white(row, column, n)))
    raw = None if idat else raw_pixels(n, color_type, depth, pixel, interlaced, kinds)
    data = idat or zlib.compress(raw, 9)
    ihdr = chunk(b"IHDR", struct.pack(">IIBBBBB", n, n, depth, color_type, 0, 0, interlaced)) if header is None else header
    plte = chunk(b"PLTE", palette) if color_type == 3 and palette is not None else b""
    return SIGNATURE + ihdr + plte + before + (chunk(b"IDAT", data) if middle is None else middle(data)) + after + (chunk(b"IEND") if end is None else end)


cases = []
add = lambda name, data: cases.append((name, data))

# Every color type, depth, way of interlacing and filter.
for color_type, depths in DEPTHS.items():
    for depth in depths:
        for interlaced in (0, 1):
            for n in (8, 32):
                if n == 32 and depth == 16 and color_type > 2:
                    continue
                add(f"type {color_type}, {depth} bits, interlaced {interlaced}, {n} pixels", png(n, color_type, depth, interlaced, (1, 2, 3, 4, 0)))
for kind in range(5):
    for color_type, depth in ((0, 1), (2, 16), (6, 8)):
        add(f"filter {kind}, type {color_type}", png(8, color_type, depth, 0, (kind,)))

# Transparency of one color, and of palette entries.
for depth in DEPTHS[0]:
    add(f"gray {depth} bits, black transparent", png(depth=depth, before=chunk(b"tRNS", struct.pack(">H", 0))))
    add(f"gray {depth} bits, transparent color of too many bits", png(depth=depth, before=chunk(b"tRNS", struct.pack(">H", 0xFF00 & ~(2**depth - 1)))))
for depth in DEPTHS[2]:
    add(f"RGB {depth} bits, black transparent", png(color_type=2, depth=depth, before=chunk(b"tRNS", bytes(6))))
    add(f"RGB {depth} bits, a color transparent that no pixel has", png(color_type=2, depth=depth, before=chunk(b"tRNS", b"\0\0\0\1\0\0")))
for alpha in (b"\0", b"\xff\xff", b"\0\x80"):
    add(f"palette with alpha {alpha.hex()}", png(color_type=3, depth=4, before=chunk(b"tRNS", alpha)))
for name, color_type, chunks in [
    ("of a wrong length", 0, chunk(b"tRNS", b"\0")),
    ("of a wrong length, RGB", 2, chunk(b"tRNS", b"\0\0")),
    ("longer than the palette", 3, chunk(b"tRNS", b"\0\0\0")),
    ("empty", 3, chunk(b"tRNS")),
    ("given twice", 0, chunk(b"tRNS", b"\0\x07") + chunk(b"tRNS", b"\0\0")),
    ("with a wrong checksum", 0, chunk(b"tRNS", b"\0\0", crc=1)),
    ("in an image with alpha", 4, chunk(b"tRNS", b"\0\0")),
    ("in RGB with alpha", 6, chunk(b"tRNS", bytes(6))),
]:
    add(f"tRNS {name}", png(color_type=color_type, before=chunks))
add("tRNS before the palette", png(color_type=3, palette=None, before=chunk(b"tRNS", b"\0") + chunk(b"PLTE", b"\0\0\0\xff\xff\xff")))
add("tRNS before the palette of RGB", png(color_type=2, before=chunk(b"tRNS", bytes(6)) + chunk(b"PLTE", b"\0\0\0\xff\xff\xff")))
add("tRNS after the pixels", png(after=chunk(b"tRNS", b"\0\0")))

# Palettes.
for name, data in [
    ("missing", png(color_type=3, palette=None)),
    ("empty", png(color_type=3, palette=b"")),
    ("of 4 bytes", png(color_type=3, palette=b"\0\0\0\1")),
    ("of 257 colors", png(color_type=3, palette=bytes(range(256)) * 3 + b"\1\2\3")),
    ("longer than its depth", png(color_type=3, depth=1, palette=b"\0\0\0\xff\xff\xff\x80\x80\x80")),
    ("of one color, and pixels of the second", png(color_type=3, palette=b"\xff\xff\xff")),
    ("twice", png(color_type=3, before=chunk(b"PLTE", b"\0\0\0\xff\xff\xff"))),
    ("after the pixels", png(color_type=3, after=chunk(b"PLTE", b"\0\0\0\xff\xff\xff"))),
    ("with a wrong checksum", png(color_type=3, palette=None, before=chunk(b"PLTE", b"\0\0\0\xff\xff\xff", crc=1))),
    ("in gray", png(before=chunk(b"PLTE", b"\0\0\0\xff\xff\xff"))),
    ("in gray, twice", png(before=2 * chunk(b"PLTE", b"\0\0\0\xff\xff\xff"))),
    ("in RGB", png(color_type=2, before=chunk(b"PLTE", b"\0\0\0\xff\xff\xff"))),
    ("in RGB, empty", png(color_type=2, before=chunk(b"PLTE"))),
    ("in RGB, of 4 bytes", png(color_type=2, before=chunk(b"PLTE", b"\0\0\0\1"))),
    ("in RGB, after the pixels", png(color_type=2, after=chunk(b"PLTE", b"\0\0\0\xff\xff\xff"))),
    ("in RGB, with a wrong checksum", png(color_type=2, before=chunk(b"PLTE", b"\0\0\0\xff\xff\xff", crc=1))),
    ("of equal colors", png(color_type=3, depth=2, palette=b"\0\0\0\xff\xff\xff\0\0\0", pixel=lambda r, c: [1 if is_white(r, c, 8) else 2 * (c & 1)])),
]:
    add(f"palette {name}", data)

# Other chunks.
TEXT = b"Comment\0made by hand"
for name, chunks in [
    ("text", chunk(b"tEXt", TEXT)),
    ("text with a wrong checksum", chunk(b"tEXt", TEXT, crc=1)),
    ("a private chunk", chunk(b"prVt", b"1234")),
    ("a private chunk with a wrong checksum", chunk(b"prVt", b"1234", crc=1)),
    ("gamma, resolution, time", chunk(b"gAMA", struct.pack(">I", 45455)) + chunk(b"pHYs", struct.pack(">IIB", 2835, 2835, 1)) + chunk(b"tIME", b"\x07\xe8\1\1\0\0\0")),
    ("gamma with a wrong checksum", chunk(b"gAMA", struct.pack(">I", 45455), crc=1)),
    ("a background", chunk(b"bKGD", b"\0\0")),
    ("significant bits", chunk(b"sBIT", b"\5")),
    ("an unknown chunk that matters", chunk(b"ABCD", b"1234")),
    ("a chunk without a name", chunk(b"\0\1\2\3", b"")),
    ("a chunk that is too long", struct.pack(">I", 0x80000000) + b"tEXt"),
    ("a second header", chunk(b"IHDR", struct.pack(">IIBBBBB", 16, 16, 8, 0, 0, 0, 0))),
    ("the end before the pixels", chunk(b"IEND")),
]:
    add(f"before the pixels {name}", png(before=chunks))
    add(f"after the pixels {name}", png(after=chunks))
add("text before the header", png(header=chunk(b"tEXt", TEXT) + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0))))

# Headers.
for name, fields in {
    "of no pixels": (0, 0, 8, 0, 0, 0, 0), "of 3 bits": (8, 8, 3, 0, 0, 0, 0), "of 1 bit for RGB": (8, 8, 1, 2, 0, 0, 0), "of color type 1": (8, 8, 8, 1, 0, 0, 0),
    "of color type 7": (8, 8, 8, 7, 0, 0, 0), "of compression 1": (8, 8, 8, 0, 1, 0, 0), "of filter 1": (8, 8, 8, 0, 0, 1, 0), "of interlacing 2": (8, 8, 8, 0, 0, 0, 2),
}.items():
    add(f"header {name}", png(header=chunk(b"IHDR", struct.pack(">IIBBBBB", *fields))))
add("header with a wrong checksum", png(header=chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0), crc=1)))
add("header of 12 bytes", png(header=chunk(b"IHDR", struct.pack(">IIBBBB", 8, 8, 8, 0, 0, 0))))
add("header of 14 bytes", png(header=chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0) + b"\0")))

# Image data.
RAW = raw_pixels(8, 0, 8, lambda row, column: values(0, 8, is_white(row, column, 8)))
whole = zlib.compress(RAW, 9)
split = lambda size: lambda data: b"".join(chunk(b"IDAT", data[i : i + size]) for i in range(0, len(data), size))
for name, data in [
    ("in pieces of 1 byte", png(middle=split(1))),
    ("in pieces of 7 bytes, interlaced", png(interlaced=1, middle=split(7))),
    ("with empty pieces", png(middle=lambda d: chunk(b"IDAT") + chunk(b"IDAT", d[:9]) + chunk(b"IDAT") + chunk(b"IDAT", d[9:]) + chunk(b"IDAT"))),
    ("interrupted", png(middle=lambda d: chunk(b"IDAT", d[:9]) + chunk(b"tEXt", TEXT) + chunk(b"IDAT", d[9:]))),
    ("again after text", png(middle=lambda d: chunk(b"IDAT", d) + chunk(b"tEXt", TEXT) + chunk(b"IDAT", d))),
    ("missing", png(middle=lambda d: b"")),
    ("empty", png(middle=lambda d: chunk(b"IDAT"))),
    ("with a wrong checksum", png(middle=lambda d: chunk(b"IDAT", d, crc=1))),
    ("with a wrong checksum in the last of two", png(middle=lambda d: chunk(b"IDAT", d) + chunk(b"IDAT", b"1", crc=1))),
    ("one row too many", png(idat=zlib.compress(RAW + RAW[:9]))),
    ("a thousand rows too many", png(idat=zlib.compress(RAW + 1000 * RAW[:9]))),
    ("one byte too many", png(idat=zlib.compress(RAW + b"\0"))),
    ("one byte too few", png(idat=zlib.compress(RAW[:-1]))),
    ("one row too few", png(idat=zlib.compress(RAW[:-9]))),
    ("bytes after the compressed stream", png(idat=whole + b"12345")),
    ("bytes after the compressed stream in a piece of their own", png(middle=lambda d: chunk(b"IDAT", d) + chunk(b"IDAT", b"12345"))),
    ("a second stream", png(idat=whole + whole)),
    ("without the end of the stream", png(idat=whole[:-4])),
    ("without the last byte of the stream", png(idat=whole[:-1])),
    ("with a wrong sum of the stream", png(idat=whole[:-1] + bytes([whole[-1] ^ 1]))),
    ("with a wrong sum of a stream that is too long", png(idat=zlib.compress(RAW + RAW)[:-1] + b"\0")),
    ("too long and without an end", png(idat=zlib.compress(RAW + random.randbytes(500))[:-20])),
    ("too long and corrupt", png(idat=(lambda d: d[:-30] + bytes(30))(zlib.compress(RAW + random.randbytes(50000))))),
    ("not compressed", png(idat=zlib.compress(RAW, 0))),
    ("not a stream", png(idat=b"not a stream at all")),
    ("of a stream with a preset dictionary", png(idat=b"\x78\xbb\0\0\0\1" + whole[2:])),
    ("of a stream with a small window", png(idat=(lambda c: c.compress(RAW) + c.flush())(zlib.compressobj(9, zlib.DEFLATED, 9)))),
    ("of a stream that ends in an empty block", png(idat=(lambda c: c.compress(RAW) + c.flush(zlib.Z_FULL_FLUSH) + c.flush())(zlib.compressobj()))),
    ("with a filter 5", png(idat=zlib.compress(b"\5" + RAW[1:]))),
    ("with a filter 255 in the last row", png(idat=zlib.compress(RAW[:-9] + b"\xff" + RAW[-8:]))),
]:
    add(f"image data {name}", data)

# Ends.
for name, data in [
    ("followed by a newline", png() + b"\n"),
    ("followed by text", png() + b"bytes of another program"),
    ("followed by another image", png() + png()),
    ("not empty", png(end=chunk(b"IEND", b"1"))),
    ("with a wrong checksum", png(end=chunk(b"IEND", crc=1))),
    ("missing", png(end=b"")),
    ("without its checksum", png()[:-4]),
    ("without its last byte", png()[:-1]),
]:
    add(f"end {name}", data)
add("signature of a file sent as text", png().replace(b"\r\n", b"\n", 1))
add("no bytes", b"")
add("the signature alone", SIGNATURE)


def chunks_of(data):
    parts, offset = [], 8
    while offset < len(data):
        end = offset + 12 + struct.unpack(">I", data[offset : offset + 4])[0]
        parts.append(data[offset:end])
        offset = end
    return parts


def mutate(data):
    kind = random.choice(["flip", "cut", "double", "swap", "drop", "byte"])
    if kind == "flip":
        bytes_ = bytearray(data)
        bytes_[random.randrange(8, len(data))] ^= 1 << random.randrange(8)
        return kind, bytes(bytes_)
    if kind == "cut":
        return kind, data[: random.randrange(len(data))]
    parts = chunks_of(data)
    i = random.randrange(len(parts))
    if kind == "byte":
        # Within a chunk whose checksum is right again, so that what is inside is what is wrong.
        body = bytearray(parts[i][4:-4])
        if len(body) > 4:
            body[random.randrange(4, len(body))] = random.randrange(256)
        parts[i] = chunk(bytes(body[:4]), bytes(body[4:]))
    elif kind == "double":
        parts.insert(random.randrange(len(parts) + 1), parts[i])
    elif kind == "swap":
        j = random.randrange(len(parts))
        parts[i], parts[j] = parts[j], parts[i]
    else:
        del parts[i]
    return kind, SIGNATURE + b"".join(parts)


SOUND = [
    png(8, color_type, depth, interlaced, (0, 1, 2, 3, 4), before=chunk(b"tEXt", b"a\0b") + (chunk(b"tRNS", bytes(2)) if color_type == 0 else b""), middle=split(20))
    for color_type, depths in DEPTHS.items() for depth in depths[:3] for interlaced in (0, 1)
]
for i in range(400):
    kind, data = mutate(random.choice(SOUND))
    add(f"mutation {i}: {kind}", data)


def phases(hex_pixels):
    """Rows of # and . by the rule of docs/exports.md, or the finding that it gives."""
    pixels = [tuple(int(hex_pixels[i + k : i + k + 4], 16) for k in (0, 4, 8, 12)) for i in range(0, len(hex_pixels), 16)]
    luminance = {pixel: 2126 * pixel[0] + 7152 * pixel[1] + 722 * pixel[2] for pixel in pixels}
    colors = {pixel[:3] for pixel in pixels}
    visible = {pixel[:3] for pixel in pixels if pixel[3] > 0}
    alphas = {pixel[3] for pixel in pixels}
    if len(colors) > 2:
        return "image-transparent" if len(visible) <= 2 else "image-many-levels"
    if len(colors) == 1:
        return "image-transparent" if len(alphas) > 1 or not visible else "image-one-phase"
    top = max(luminance.values())
    if len(set(luminance.values())) == 1:
        return "image-equal-brightness"
    # Over black a pixel is as bright as its color times its alpha.
    whites = {luminance[pixel] * pixel[3] for pixel in pixels if luminance[pixel] == top}
    blacks = {luminance[pixel] * pixel[3] for pixel in pixels if luminance[pixel] != top}
    if min(whites) <= max(blacks):
        return "image-transparent"
    return "".join("#" if luminance[pixel] == top else "." for pixel in pixels)


with tempfile.TemporaryDirectory() as folder:
    program = f"{folder}/read"
    subprocess.run(["gcc", "-O1", "-Wall", str(here / "read-with-libpng.c"), "-o", program, "-lpng"], check=True)
    paths = []
    for i, (_, data) in enumerate(cases):
        paths.append(f"{folder}/{i}.png")
        pathlib.Path(paths[-1]).write_bytes(data)
    lines = subprocess.run([program, *paths], capture_output=True, text=True, check=True).stdout.splitlines()

golden = []
for (name, data), line in zip(cases, lines, strict=True):
    verdict, _, rest = line.partition(" ")
    entry = {"name": name, "png": base64.b64encode(data).decode()}
    if verdict == "refused":
        entry["refused"] = rest
    else:
        warnings, pixels = rest.split(" ")
        width = struct.unpack(">I", data[16:20])[0]
        entry |= {"warnings": int(warnings), "width": width, "height": len(pixels) // 16 // width, "phases": phases(pixels)}
    golden.append(entry)
version = subprocess.run(["libpng-config", "--version"], capture_output=True, text=True, check=True).stdout.strip()
head = json.dumps({"origin": f"made by make-goldens.py: PNG files by its own writer, verdicts and pixels by libpng {version}"})[:-1]
lines = ",\n".join(json.dumps(entry) for entry in golden)
(here / "libpng.json").write_text(f'{head}, "files": [\n{lines}\n]}}\n')
print(len(golden), "files,", sum("refused" in entry for entry in golden), "refused")
