"""What the reference implementation accepts: small files, whole and damaged.

Run in the root of the project (made with the Python package safetensors 0.8.0, nothing else is needed):

    python3 test/golden/learning/safetensors_verdicts.py

It writes safetensors-verdicts.json beside itself. `stricter` names what the format forbids although the
reference reads it: names that are there twice, and a header that begins with something else than `{`.
"""
import base64
import json
import pathlib
import random
import struct

import safetensors

here = pathlib.Path(__file__).parent
data = bytes(range(24))
good = {
    "__metadata__": {"format": "pt"},
    "a": {"dtype": "F32", "shape": [2, 2], "data_offsets": [0, 16]},
    "b": {"dtype": "F16", "shape": [4], "data_offsets": [16, 24]},
}
files = []


def accepts(raw):
    try:
        safetensors.deserialize(raw)
        return True
    except Exception:
        return False


def add(name, header, numbers=data, length=None, stricter=False):
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    raw = struct.pack("<Q", len(text) if length is None else length) + text + numbers
    files.append({"name": name, "file": base64.b64encode(raw).decode(), "accepted": accepts(raw), **({"stricter": True} if stricter else {})})


def changed(key, **entry):
    return {**good, key: {**good[key], **entry}}


text = json.dumps(good).encode()
add("good", good)
add("other order", dict(reversed(good.items())))
add("blanks after the header", text + b"    ")
add("lines after the header", text + b"\n\n")
add("blank before the header", b" " + text, stricter=True)
add("no arrays", {}, b"")
add("no arrays, but bytes", {}, b"x")
add("empty array", {**good, "c": {"dtype": "F32", "shape": [0], "data_offsets": [24, 24]}})
add("empty array between", {**good, "c": {"dtype": "F32", "shape": [0, 3], "data_offsets": [16, 16]}})
add("empty array at the start", {**good, "c": {"dtype": "F32", "shape": [0], "data_offsets": [0, 0]}})
add("empty array inside another", {**good, "c": {"dtype": "F32", "shape": [0], "data_offsets": [8, 8]}})
add("a single number", {"a": {"dtype": "F64", "shape": [], "data_offsets": [0, 8]}}, bytes(8))
add("other fields of an entry", changed("a", more={"x": [1.5, None]}))
add("name twice", text[:-1] + b', "a": {"dtype": "F32", "shape": [2, 2], "data_offsets": [0, 16]}}', stricter=True)
add("name twice, escaped", text[:-1] + b', "\\u0061": {"dtype": "F32", "shape": [2, 2], "data_offsets": [0, 16]}}', stricter=True)
add("metadata twice", text[:-1] + b', "__metadata__": {}}')
add("field twice", text.replace(b'"shape": [4]', b'"shape": [4], "shape": [4]'))
add("text of metadata twice", text.replace(b'"format": "pt"', b'"format": "pt", "format": "np"'), stricter=True)
add("overlap", changed("b", data_offsets=[8, 16]), data[:16])
add("same place", changed("b", dtype="F32", data_offsets=[0, 16]), data[:16])
add("hole", changed("b", data_offsets=[17, 25]), data + b"x")
add("hole at the start", {"a": {"dtype": "U8", "shape": [4], "data_offsets": [4, 8]}}, bytes(8))
add("bytes after the last", good, data + b"x")
add("cut", good, data[:-1])
add("no numbers", good, b"")
add("beyond", changed("b", data_offsets=[16, 2**40]))
add("reversed", changed("a", data_offsets=[16, 0]))
add("shape too large", changed("a", shape=[2, 3]))
add("shape too small", changed("a", shape=[3]))
add("shape overflows", changed("a", shape=[2**53 - 1] * 25))
add("shape overflows before a 0", {"a": {"dtype": "U8", "shape": [2**53 - 1, 2**53 - 1, 0], "data_offsets": [0, 0]}}, b"")
add("negative shape", changed("a", shape=[-2, -2]))
add("fraction in shape", text.replace(b"[2, 2]", b"[2.0, 2]"))
add("power in offsets", text.replace(b"[0, 16]", b"[0, 1.6e1]"))
add("minus zero", text.replace(b"[0, 16]", b"[-0, 16]"))
add("text in shape", changed("a", shape=["2", 2]))
add("three offsets", changed("a", data_offsets=[0, 16, 16]))
add("one offset", changed("a", data_offsets=[16]))
for key in ("dtype", "shape", "data_offsets"):
    add(f"no {key}", {**good, "a": {k: v for k, v in good["a"].items() if k != key}})
    add(f"{key} is null", changed("a", **{key: None}))
for dtype in ("f32", "F128", "toString", "__proto__", "", "C128"):
    add(f"type {dtype}", changed("a", dtype=dtype))
for dtype, bits in {"F4": 4, "F6_E2M3": 6, "F6_E3M2": 6, "F8_E8M0": 8, "F8_E4M3": 8, "F8_E5M2": 8, "F8_E4M3FNUZ": 8, "F8_E5M2FNUZ": 8, "BOOL": 8, "I8": 8, "U8": 8,
                    "I16": 16, "U16": 16, "F16": 16, "BF16": 16, "I32": 32, "U32": 32, "F32": 32, "I64": 64, "U64": 64, "F64": 64, "C64": 64}.items():
    add(f"type {dtype}", {"a": {"dtype": dtype, "shape": [8], "data_offsets": [0, bits]}}, bytes(bits))
    add(f"type {dtype}, one", {"a": {"dtype": dtype, "shape": [1], "data_offsets": [0, (bits + 7) // 8]}}, bytes((bits + 7) // 8))
add("__proto__ as a name", {"__proto__": {"dtype": "U8", "shape": [1], "data_offsets": [0, 1]}}, b"x")
add("empty name", {"": {"dtype": "U8", "shape": [1], "data_offsets": [0, 1]}}, b"x")
add("lone surrogate", b'{"\\ud800": {"dtype": "U8", "shape": [1], "data_offsets": [0, 1]}}', b"x")
for value in (5, None, [], {"x": 1}, {"x": None}, {"x": {}}, "text", {}):
    add(f"metadata {json.dumps(value)}", {**good, "__metadata__": value})
for value in (None, 5, "text", [], {}):
    add(f"entry {json.dumps(value)}", {**good, "a": value})
for header in (b"[1]", b"null", b"{", b"{}{}", b"{} x", b"{'a': 1}", b'{"a": 1,}', b"\xef\xbb\xbf{}", b'{"\xff": 1}', b'{"a":' + b"[" * 500 + b"]" * 500 + b"}"):
    add(f"header {header[:20]!r}", header, b"")
for length in (0, 1, len(text) - 1, len(text) + 1, len(text) + 24, len(text) + 25, 99_999_999, 100_000_000, 100_000_001, 2**32, 2**53, 2**63, 2**64 - 1):
    add(f"length {length}", text, length=length)
for name, raw in {"nothing": b"", "seven bytes": b"1234567", "eight zeros": bytes(8), "zip": b"PK\x03\x04" + bytes(100)}.items():
    files.append({"name": name, "file": base64.b64encode(raw).decode(), "accepted": accepts(raw)})

whole = struct.pack("<Q", len(text)) + text + data
draw = random.Random(7)
for i in range(400):
    raw = bytearray(whole)
    for _ in range(draw.randint(1, 2)):
        at = draw.randrange(len(text) + 8)
        kind = draw.randrange(3)
        if kind == 0:
            raw[at] = draw.choice(b'0123456789{}[]",:. -eabFI\\')
        elif kind == 1:
            del raw[at]
        else:
            raw.insert(at, draw.choice(b'0123456789{}[]",:. -eabFI\\'))
    if draw.random() < 0.7:
        raw[:8] = struct.pack("<Q", len(raw) - 8 - len(data))
    raw = bytes(raw)
    files.append({"name": f"drawn {i}", "file": base64.b64encode(raw).decode(), "accepted": accepts(raw)})

golden = {"origin": f"safetensors_verdicts.py, safetensors {safetensors.__version__}", "files": files}
(here / "safetensors-verdicts.json").write_text(json.dumps(golden, separators=(",", ":")).replace('},{"name"', '},\n{"name"') + "\n")
print(len(files), "files,", sum(file["accepted"] for file in files), "accepted")
