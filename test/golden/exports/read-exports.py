#!/usr/bin/env python3
"""What NumPy, h5py and pandas (by pyarrow) read of exported files, as JSON.

    python3 read-exports.py    # NumPy 2, h5py 3, pandas 3, pyarrow 25

reads example.npz, example.h5, example-*.parquet and example-*.csv, which write-example.ts writes next to this script, and
writes exports.json. NaN is null there, and images are drawn with # and .
"""
import json
import math
import pathlib
import zlib

import h5py
import numpy as np
import pandas as pd

here = pathlib.Path(__file__).parent


def plain(value):
    """Lists and numbers of JSON."""
    if isinstance(value, np.ndarray):
        return [plain(each) for each in value]
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, np.generic):
        value = value.item()
    return None if isinstance(value, float) and math.isnan(value) else value


def drawn(images):
    """Rows of text: # is 1."""
    return [[''.join('.#'[pixel] for pixel in row) for row in image] for image in images]


def pixels(png):
    """Pixels of a gray PNG of 1 bit without filters, as written by an export."""
    assert png[:8] == b'\x89PNG\r\n\x1a\n'
    at, data = 8, b''
    while at < len(png):
        length, kind = int.from_bytes(png[at:at + 4], 'big'), png[at + 4:at + 8]
        body = png[at + 8:at + 8 + length]
        if kind == b'IHDR':
            width, height, depth, color = int.from_bytes(body[:4], 'big'), int.from_bytes(body[4:8], 'big'), body[8], body[9]
            assert (depth, color) == (1, 0)
        data += body if kind == b'IDAT' else b''
        at += 12 + length
    rows = np.frombuffer(zlib.decompress(data), 'u1').reshape(height, width // 8 + 1)
    assert not rows[:, 0].any()
    return np.unpackbits(rows[:, 1:], axis=1)


found = {}
with np.load(here / 'example.npz') as file:
    found['numpy'] = {name: {'dtype': array.dtype.str, 'values': (drawn if array.ndim == 3 else plain)(array)} for name, array in file.items() if name != 'attributes'}
    found['attributes'] = json.loads(str(file['attributes']))

with h5py.File(here / 'example.h5') as file:
    found['h5py'] = {}
    file.visititems(lambda name, item: found['h5py'].update({name: {
        'dtype': item.dtype.str, 'values': (drawn if item.ndim == 3 else plain)(item[...]), 'attributes': {key: plain(value) for key, value in item.attrs.items()}
    }}) if isinstance(item, h5py.Dataset) else None)
    found['root'] = {key: plain(value) for key, value in file.attrs.items()}
    found['chunks'] = list(file['database/images'].chunks)

found['parquet'] = {}
for table in ['database', 'maps', 'designs-control']:
    frame = pd.read_parquet(here / f'example-{table}.parquet')
    columns = {name: plain(frame[name].to_numpy()) for name in frame if name not in ('images', 'cells')}
    for name in ('images', 'cells'):
        if name in frame:
            columns[name] = drawn(pixels(png) for png in frame[name])
    found['parquet'][table] = {'dtypes': {name: str(dtype) for name, dtype in frame.dtypes.items()}, 'values': columns}

found['csv'] = {}
for table in ['database', 'maps', 'designs-control']:
    frame = pd.read_csv(here / f'example-{table}.csv', keep_default_na=False, na_values={'Ex_Pa': [''], 'nuxy': ['']}, float_precision='round_trip')
    found['csv'][table] = {name: plain(frame[name].to_numpy()) for name in frame}

(here / 'exports.json').write_text(json.dumps(found, separators=(',', ':'), ensure_ascii=False) + '\n')
