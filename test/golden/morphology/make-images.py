"""Five periodic 64 x 64 two-phase images, one a text file of '#' (white) and '.' (black).

Spinodal, network, particles, fibers and a drawn picture of shapes that thinning programs disagree on.
Only NumPy; fixed seeds.  Usage: python3 make-images.py FOLDER
"""
import sys
import numpy as np

n = 64
rows, columns = np.mgrid[0:n, 0:n]


def spinodal(rng):
    k = np.fft.fftfreq(n, 1 / n)
    radius = np.hypot(k[:, None], k[None, :])
    field = np.fft.ifft2(np.fft.fft2(rng.standard_normal((n, n))) * np.exp(-(((radius - 4) / 1.2) ** 2))).real
    return field > np.quantile(field, 0.6)


def offsets(row, column):
    """Shortest periodic offsets from (row, column) to every pixel."""
    half = n / 2
    return (rows - row + half) % n - half, (columns - column + half) % n - half


def network(rng):
    distances = np.sort([np.hypot(*offsets(*p)) for p in rng.uniform(0, n, (14, 2))], axis=0)
    gap = distances[1] - distances[0]
    return gap < np.quantile(gap, 0.4)


def particles(rng):
    white = np.zeros((n, n), bool)
    while white.mean() < 0.38:
        (row, column), angle = rng.uniform(0, n, 2), rng.uniform(0, np.pi)
        dr, dc = offsets(row, column)
        along, across = np.cos(angle) * dc + np.sin(angle) * dr, -np.sin(angle) * dc + np.cos(angle) * dr
        white |= (along / rng.uniform(4, 9)) ** 2 + (across / rng.uniform(2, 5)) ** 2 < 1
    return white


def fibers(rng):
    white = np.zeros((n, n), bool)
    while white.mean() < 0.38:
        (row, column), angle, length = rng.uniform(0, n, 2), rng.uniform(0, np.pi), rng.uniform(8, 14)
        dr, dc = offsets(row, column)
        along, across = np.cos(angle) * dc + np.sin(angle) * dr, -np.sin(angle) * dc + np.cos(angle) * dr
        white |= np.hypot(np.maximum(np.abs(along) - length, 0), across) < rng.uniform(0.8, 2.2)
    return white


def shapes(_):
    """Small squares and rectangles, steps two pixels wide, a ring, a cross, a square over the corner."""
    white = np.zeros((n, n), bool)
    for size in range(1, 7):
        white[2:2 + size, 4 + 9 * size - 9:4 + 9 * size - 9 + size] = True
    for i in range(14):
        white[12 + i, 4 + i:6 + i] = True
        white[12 + i, 24 + i:27 + i] = True
        white[12 + i, 60 - i:62 - i] = True
    radius = np.hypot(rows - 44, columns - 16)
    white |= (radius < 12) & (radius > 7)
    white[34:56, 40:43] = True
    white[43:47, 34:56] = True
    for r in (-1, 0):
        for c in (-1, 0):
            white[r, c] = True
    white[20:23, 44:58] = True
    white[26:31:2, 44:58] = True
    return white


for seed, make in enumerate([spinodal, network, particles, fibers, shapes]):
    white = make(np.random.default_rng(seed))
    with open(f"{sys.argv[1]}/{make.__name__}.txt", "w") as file:
        file.writelines("".join("#" if pixel else "." for pixel in row) + "\n" for row in white)
