"""Speed peer of `periodic` at moderate contrast: conjugate gradients on the periodic nodes, preconditioned
by the finite-element stiffness of a uniform cell, which the Fourier transform makes a 2 x 2 matrix a wave
(NumPy and SciPy; e.g. Ladecky et al. 2022, arXiv:2203.02962). The three strains run together.

Stops when the energy norm of every fluctuation's last correction has fallen to TOLERANCE of the first;
the stiffness is an energy, whose error is of the square. Answers its nine entries."""
import pathlib
import sys

import numpy as np
import scipy.fft

from lines import answer_images

sys.path.append(str(pathlib.Path(__file__).parents[2] / "test/golden/fem"))
from periodic import NODE_X, NODE_Y, elements

TOLERANCE = 5e-4


def corners(u):
    """Nodal fields (2, 3, n, n) of the four corners of every element: (8, 3, n, n)."""
    right = np.roll(u, -1, 3)
    return np.concatenate([u, right, np.roll(right, -1, 2), np.roll(u, -1, 2)])


def sum_corners(forces):
    right = forces[2:4] + np.roll(forces[4:6], 1, 2)
    return forces[0:2] + np.roll(forces[6:8], 1, 2) + np.roll(right, 1, 3)


def inverse_symbol(stiffness, n):
    """Inverse of the uniform cell's stiffness, for every wave of a real transform; 0 for the mean."""
    phase_y = np.exp(2j * np.pi * np.fft.fftfreq(n))[:, None]
    phase_x = np.exp(2j * np.pi * np.arange(n // 2 + 1) / n)[None, :]
    symbol = np.zeros((n, n // 2 + 1, 2, 2), complex)
    for a in range(4):
        for b in range(4):
            wave = phase_y ** (NODE_Y[b] - NODE_Y[a]) * phase_x ** (NODE_X[b] - NODE_X[a])
            symbol += wave[..., None, None] * stiffness[2 * a : 2 * a + 2, 2 * b : 2 * b + 2]
    symbol[0, 0] = np.eye(2)
    inverse = np.linalg.inv(symbol)
    inverse[0, 0] = 0
    return inverse


def prepare(n, white, black, plane):
    (mean_w, K_w, F_w), (mean_b, K_b, F_b) = (elements(material, plane, float) for material in (white, black))
    green = inverse_symbol((K_w + K_b) / 2, n)

    def precondition(r):
        waves = scipy.fft.rfft2(r, axes=(2, 3), workers=1)
        x = green[..., 0, 0] * waves[0] + green[..., 0, 1] * waves[1]
        y = green[..., 1, 0] * waves[0] + green[..., 1, 1] * waves[1]
        return scipy.fft.irfft2(np.stack([x, y]), s=(n, n), axes=(2, 3), workers=1)

    def products(a, b):
        return np.einsum("cjyx,cjyx->j", a, b)

    def test(image):
        weight = image[::-1].astype(float)

        def apply(u):
            g = corners(u).reshape(8, -1)
            forces = (K_b @ g).reshape(8, 3, n, n)
            forces += weight * ((K_w - K_b) @ g).reshape(8, 3, n, n)
            return sum_corners(forces)

        loads = F_b[:, :3, None, None] + weight * (F_w - F_b)[:, :3, None, None]
        right = -sum_corners(loads)
        u, r = np.zeros_like(right), right.copy()
        p = z = precondition(r)
        rz = first = products(r, z)
        while True:
            Ap = apply(p)
            step = (rz / products(p, Ap))[None, :, None, None]
            u += step * p
            r -= step * Ap
            z = precondition(r)
            before, rz = rz, products(r, z)
            if np.all(rz <= TOLERANCE**2 * first):
                break
            p = z + (rz / before)[None, :, None, None] * p
        # Twice the energy at the minimum in u: mean stiffness plus what the loads do on the fluctuation,
        # in the form whose error is the square of that of u.
        mixed = -2 * np.einsum("ciyx,cjyx->ij", right, u) + np.einsum("ciyx,cjyx->ij", u, right - r)
        mean = weight.mean()
        stiffness = mean * mean_w[:, :3] + (1 - mean) * mean_b[:, :3] + (mixed + mixed.T) / (2 * n * n)
        return stiffness.ravel()

    return test


if __name__ == "__main__":
    answer_images(prepare)
