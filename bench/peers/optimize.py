"""Value and speed peer of topology optimization: a periodic cell with the symmetry of the square, plane stress, phases of one
Poisson's ratio. Moving asymptotes (Svanberg 1987) with one bound of the fraction, cone filter and filter's adjoint by Fourier
transform, hyperbolic tangent, cubes of the density; conjugate gradients that start from the last displacements.

Reads JSON lines {"objective": "E" or "nu", "filter", "fraction", "densities"}; answers {"iterations", "steps", "milliseconds",
"gray", "bits"}: steps are those of the solver, bits the cell of the exact fraction, row 0 at the top."""
import json
import sys
import time

import numpy as np
import scipy.fft

from fft_cg import corners, elements, inverse_symbol, sum_corners

WHITE, BLACK, NU = 379.3, 68.3, 0.3
MOVE, TOLERANCE = 0.2, 1e-5


def square(x):
    x = (x + x[::-1]) / 2
    x = (x + x[:, ::-1]) / 2
    return (x + x.T) / 2


def products(a, b):
    return np.einsum("cjyx,cjyx->j", a, b)


class Cell:
    def __init__(self, n):
        self.mean, self.K, F = elements((1.0, NU, 0.0), "plane-stress", float)
        self.mean, self.F = np.array(self.mean)[:, :3], np.array(F)[:, :3]
        self.K = np.array(self.K)
        self.green = inverse_symbol(self.K, n) / ((WHITE + BLACK) / 2)
        self.n, self.u, self.steps = n, None, 0

    def precondition(self, r):
        waves = scipy.fft.rfft2(r, axes=(2, 3), workers=1)
        G = self.green
        x, y = (G[..., i, 0] * waves[0] + G[..., i, 1] * waves[1] for i in (0, 1))
        return scipy.fft.irfft2(np.stack([x, y]), s=(self.n, self.n), axes=(2, 3), workers=1)

    def solve(self, E):
        """Stiffness, and its derivative to each modulus, of the strains 11 and 22."""
        n = self.n
        apply = lambda v: sum_corners((self.K @ corners(v).reshape(8, -1)).reshape(8, 2, n, n) * E)
        right = -sum_corners(self.F[:, :2, None, None] * E)
        size = products(right, self.precondition(right))
        u = np.zeros_like(right) if self.u is None else self.u
        r = right - apply(u)
        p = z = self.precondition(r)
        rz = products(r, z)
        while np.any(rz > TOLERANCE**2 * size):
            Ap = apply(p)
            step = (rz / products(p, Ap))[:, None, None]
            u, r = u + step * p, r - step * Ap
            z = self.precondition(r)
            before, rz = rz, products(r, z)
            p = z + (rz / before)[:, None, None] * p
            self.steps += 1
        self.u = u
        g = corners(u)
        Kg = (self.K @ g.reshape(8, -1)).reshape(8, 2, n, n)
        q = np.einsum("aiyx,ajyx->ijyx", g, Kg)
        cross = np.einsum("aiyx,aj->ijyx", g, self.F[:, :2])
        q = (q + cross + cross.transpose(1, 0, 2, 3) + self.mean[:2, :2, None, None]) / n**2
        return (q * E).sum((2, 3)), q


def optimize(objective, radius, fraction, x):
    n = len(x)
    along = np.minimum(np.arange(n), n - np.arange(n))
    cone = np.maximum(0, radius - np.hypot(along[:, None], along[None]))
    waves = scipy.fft.rfft2(cone / cone.sum())
    filtered = lambda values: scipy.fft.irfft2(scipy.fft.rfft2(values, workers=1) * waves, s=(n, n), workers=1)
    cell, x = Cell(n), square(x)
    sharp = abs(x - x.mean()).mean() > 0.3
    last = before = x
    low, high = x - 0.5, x + 0.5
    values, iteration = [], 0
    for sharpness in (4, 8, 16, 32) if sharp else (1, 2, 4, 8, 16, 32):
        for k in range(1, 31):
            iteration += 1
            half = np.tanh(sharpness / 2)
            tangent = np.tanh(sharpness * (filtered(x) - 0.5))
            density, slope = np.clip((half + tangent) / (2 * half), 0, 1), sharpness * (1 - tangent**2) / (2 * half)
            C, q = cell.solve(BLACK + density**3 * (WHITE - BLACK))
            if objective == "nu":
                total = C[0, 0] + C[1, 1]
                value = 2 * C[0, 1] / total
                derivative = 2 * q[0, 1] / total - value / total * (q[0, 0] + q[1, 1])
            else:
                S = np.linalg.inv(C)
                value = 2 / np.trace(S)
                derivative = value**2 / 2 * np.einsum("ij,ijyx->yx", S @ S, q)
            values.append(value)
            cost = -square(filtered(derivative * 3 * density**2 * (WHITE - BLACK) * slope))
            growth = square(filtered(slope))
            cost /= abs(cost).max()
            if iteration > 2:
                trend = (x - last) * (last - before)
                factor = np.where(trend > 0, 1.2, np.where(trend < 0, 0.7, 1))
                low, high = np.clip(x - factor * (last - low), x - 10, x - 0.01), np.clip(x + factor * (high - last), x + 0.01, x + 10)
            else:
                low, high = x - 0.5, x + 0.5
            least = np.maximum(np.maximum(0, x - MOVE), low + 0.1 * (x - low))
            most = np.minimum(np.minimum(1, x + MOVE), high - 0.1 * (high - x))
            rise, fall = np.maximum(cost, 0), np.maximum(-cost, 0)
            P = (high - x) ** 2 * (1.001 * rise + 0.001 * fall + 1e-5)
            Q = (x - low) ** 2 * (0.001 * rise + 1.001 * fall + 1e-5)
            price_low, price_high = 1e-9, 1e6
            while price_high > price_low * (1 + 1e-6):
                price = np.sqrt(price_low * price_high)
                p = np.sqrt(P + price * (high - x) ** 2 * growth)
                moved = np.clip((p * low + np.sqrt(Q) * high) / (p + np.sqrt(Q)), least, most)
                if density.mean() + (growth * (moved - x)).mean() > fraction:
                    price_low = price
                else:
                    price_high = price
            before, last, x = last, x, square(moved)
            change = abs(x - last).max()
            if k > 8 and (change < 0.01 or abs(values[-1] - values[-6]) < 1e-4 * abs(values[-1])):
                break
    final = filtered(x)
    count = int(np.floor(fraction * n * n))
    bits = np.zeros(n * n, int)
    bits[np.argsort(-final.ravel(), kind="stable")[:count]] = 1
    return iteration, cell.steps, values[-1], bits


for line in sys.stdin:
    task = json.loads(line)
    side = int(np.sqrt(len(task["densities"])))
    start = time.perf_counter()
    iterations, steps, gray, bits = optimize(task["objective"], task["filter"], task["fraction"], np.array(task["densities"]).reshape(side, side))
    milliseconds = 1000 * (time.perf_counter() - start)
    print(json.dumps({"iterations": iterations, "steps": steps, "milliseconds": milliseconds, "gray": gray, "bits": "".join(map(str, bits))}), flush=True)
