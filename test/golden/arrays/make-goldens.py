#!/usr/bin/env python3
"""Small files of arrays as NumPy, h5py and pandas (by pyarrow) write them, and the numbers in them.

    python3 make-goldens.py    # NumPy 2, h5py 3, pandas 3, pyarrow 25

writes files next to this script and arrays.json: for every file the pictures of each dataset, as lists; types.h5 has
the datasets of types.npz.
"""
import io
import json
import pathlib
import struct
import zlib

import h5py
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

here = pathlib.Path(__file__).parent
expected = {}

count, height, width = 5, 3, 4
ramp = np.arange(count * height * width).reshape(count, height, width)

# Every type and byte order, with values at the ends of its range.
types = ['|b1', '|u1', '|i1', '<u2', '>u2', '<i2', '>i2', '<u4', '>u4', '<i4', '>i4', '<u8', '>u8', '<i8', '>i8',
         '<f2', '>f2', '<f4', '>f4', '<f8', '>f8']


def typed(dtype):
    dtype = np.dtype(dtype)
    if dtype.kind == 'b':
        return (ramp % 3 == 0)
    if dtype.kind == 'f':
        array = ((ramp - 30) / 8).astype(dtype)
        array[0, 0, 0] = 6e-8 if dtype.itemsize == 2 else 1e-30
        array[0, 0, 1] = 65504
        return array
    array = ramp.astype(dtype)
    limits = np.iinfo(dtype)
    if dtype.itemsize <= 2:
        array[0, 0, 0], array[0, 0, 1] = limits.min, limits.max
    elif dtype.kind == 'i':
        array[0, 0, 0], array[0, 0, 1] = -(2 ** 24), 2 ** 24
    else:
        array[0, 0, 1] = 2 ** 24
    return array


def listed(array):
    return np.asarray(array).astype(float).tolist()


def key(dtype):
    return dtype.replace('|', '').replace('<', 'little-').replace('>', 'big-')


arrays = {key(dtype): typed(dtype).astype(dtype) for dtype in types}

np.savez(here / 'types.npz', **arrays)
expected['types.npz'] = {name: listed(array) for name, array in arrays.items()}
np.savez_compressed(here / 'deflated.npz', images=typed('|u1'), E=np.array([1.5, 2.5, np.nan, 4, 5]),
                    properties=np.arange(10.0).reshape(5, 2))
expected['deflated.npz'] = {'images': listed(typed('|u1')), 'properties[:,1]': listed(np.arange(10.0).reshape(5, 2)[:, 1])}

np.save(here / 'plain.npy', typed('<f4'))
expected['plain.npy'] = {'': listed(typed('<f4'))}
np.save(here / 'fortran.npy', np.asfortranarray(typed('<i4')))
expected['fortran.npy'] = {'': listed(typed('<i4'))}
np.save(here / 'fortran-single.npy', np.asfortranarray(typed('|u1')[1]))
expected['fortran-single.npy'] = {'': listed(typed('|u1')[1:2])}
np.save(here / 'channel.npy', typed('|u1')[:, np.newaxis])
expected['channel.npy'] = {'': listed(typed('|u1'))}
for version in [(2, 0), (3, 0)]:
    with open(here / f'version-{version[0]}.npy', 'wb') as file:
        np.lib.format.write_array(file, typed('|u1'), version=version)
    expected[f'version-{version[0]}.npy'] = {'': listed(typed('|u1'))}

# What is refused.
np.save(here / 'pickled.npy', np.array([{'a': 1}, None], dtype=object))
np.save(here / 'records.npy', np.zeros(3, dtype=[('images', 'u1', (2, 2)), ('E', 'f8')]))
np.save(here / 'complex.npy', np.zeros((2, 3, 4), dtype='c8'))
np.save(here / 'empty.npy', np.zeros((0, 3, 4), dtype='u1'))
np.save(here / 'colors.npy', np.zeros((6, 6, 3), dtype='u1'))
np.save(here / 'vector.npy', np.zeros(7))
not_finite = typed('<f4')
not_finite[2, 1, 3] = np.nan
np.save(here / 'not-finite.npy', not_finite)

with h5py.File(here / 'types.h5', 'w') as file:
    for name, array in arrays.items():
        file[name] = array
with h5py.File(here / 'set.h5', 'w') as file:
    grf = file.create_group('GRF')
    grf.create_dataset('GRF', data=typed('|u1'), chunks=(2, 3, 4), compression='gzip', shuffle=True, fletcher32=True)
    mechanical = np.arange(5 * 2 * 3, dtype='<f8').reshape(5, 2, 3)
    grf.create_dataset('homogenized_mechanical', data=mechanical)
    file.create_dataset('lzf', data=typed('|u1'), chunks=(2, 3, 4), compression='lzf')
    file.create_dataset('complex', data=np.zeros((2, 3, 4), dtype='c8'))
    file['soft'] = h5py.SoftLink('/GRF/GRF')
    file['other'] = h5py.ExternalLink('plain.npy', '/x')
    file['loop'] = file['GRF']
expected['set.h5'] = {'GRF/GRF': listed(typed('|u1')), 'GRF/homogenized_mechanical[:,1,2]': listed(mechanical[:, 1, 2])}
with h5py.File(here / 'preface.h5', 'w', userblock_size=512) as file:
    file['images'] = typed('>u2')
expected['preface.h5'] = {'images': listed(typed('>u2'))}


def png(array):
    """A gray PNG of 8 bits, by the standard."""
    def chunk(kind, data):
        return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
    rows = b''.join(b'\0' + row.tobytes() for row in array)
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', array.shape[1], array.shape[0], 8, 0, 0, 0, 0))
            + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b''))


squares = (np.arange(5 * 16).reshape(5, 4, 4) % 7).astype('u1')
frame = pd.DataFrame({
    'png': [png(array) for array in squares],
    'flat': [array.ravel() for array in squares],
    'rows': [[row for row in array] for array in squares],
    'file': [f'{i}.png' for i in range(5)],
    'E': [1.5, None, 3, 4, 5],
    'n': np.arange(5),
    'white': [True, False, True, False, True],
    'odd': [array.ravel()[:15] for array in squares],
})
for codec in ['snappy', 'gzip', 'zstd', 'brotli']:
    columns = frame if codec == 'snappy' else frame[['flat', 'n']]
    pq.write_table(pa.Table.from_pandas(columns, preserve_index=False), here / f'{codec}.parquet', compression=codec, row_group_size=2)
    expected[f'{codec}.parquet'] = {'flat': listed(squares)}
expected['snappy.parquet'].update(rows=listed(squares), n=list(range(5)), white=[1, 0, 1, 0, 1], file=list(frame['file']))
expected['snappy.parquet']['png'] = [list(one) for one in frame['png']]
table = pa.table({'image': pa.array([{'bytes': one, 'path': None} for one in frame['png'][:2]])})
pq.write_table(table, here / 'structure.parquet')
expected['structure.parquet'] = {'image': [list(one) for one in frame['png'][:2]]}

labels = pd.DataFrame({'name': ['a.png', 'b, c.png', 'ü "d".png'], 'Ex_GPa': [1.25, None, -3e-4], 'n': [1, 2, 3]})
labels.to_csv(here / 'comma.csv', index=False)
labels.to_csv(here / 'semicolon.csv', index=False, sep=';', encoding='utf-8-sig', lineterminator='\r\n')
labels.to_csv(here / 'tab.csv', index=False, sep='\t', encoding='utf-16')
labels.to_csv(here / 'decimal-comma.csv', index=False, sep=';', decimal=',')

(here / 'arrays.json').write_text(json.dumps(expected, separators=(',', ':')) + '\n')
