"""Writes gray-tests.json: gray images, and what SciPy's SuperLU says about them in all virtual tests.

Independent of the project's own solver: elements by 2 x 2 Gauss points from the three-dimensional law, total
displacements as unknowns, a general sparse LU. Elements have edge 1, row 0 of an image is at the top.
Debian: apt-get install python3-scipy. Run: python3 make-gray-goldens.py"""
import json
import pathlib

import numpy as np
import scipy
import scipy.sparse as sparse
from scipy.sparse.linalg import splu

from periodic import NODE_X, NODE_Y, plane_constants, strain_matrices

N = 16
BS = [B.astype(float) for B in strain_matrices()]


def elements(pixels, plane):
    """Stiffness and force of 1 K of each element, from the bottom row on, with constants and thermal stresses."""
    K, F, D, hot = [], [], [], []
    for row in range(N - 1, -1, -1):
        for column in range(N):
            law, stress = plane_constants(*(pixels[name][row, column] for name in ("youngsModulus", "poissonRatio", "thermalExpansion")), plane)
            law, stress = law.astype(float), stress.astype(float)
            D.append(law), hot.append(stress)
            K.append(sum(B.T @ law @ B for B in BS) / 4)
            F.append(sum(B.T @ stress for B in BS) / 4)
    return np.array(K), np.array(F), np.array(D), np.array(hot)


def unknowns_of(nodes):
    column, row = np.meshgrid(np.arange(N), np.arange(N))
    numbers = np.stack([(row + y) % nodes * nodes + (column + x) % nodes for x, y in zip(NODE_X, NODE_Y)], -1).reshape(-1, 4)
    return np.stack([2 * numbers, 2 * numbers + 1], -1).reshape(-1, 8)


def assemble(K, unknowns, size):
    rows, columns = np.repeat(unknowns, 8, axis=1).ravel(), np.tile(unknowns, (1, 8)).ravel()
    return sparse.csc_matrix((K.ravel(), (rows, columns)), shape=(size, size))


def rollers(pixels, plane):
    """Compression along x and y and heating: left edge u_x = 0, bottom edge u_y = 0."""
    nodes = N + 1
    K, F, _, _ = elements(pixels, plane)
    unknowns = unknowns_of(nodes)
    size = 2 * nodes * nodes
    matrix = assemble(K, unknowns, size)
    along = np.arange(nodes)
    left, right = 2 * along * nodes, 2 * (along * nodes + N)
    bottom, top = 2 * along + 1, 2 * (N * nodes + along) + 1
    weights = np.full(nodes, 1 / N)
    weights[[0, -1]] /= 2

    def solve(force, fixed, values):
        free = np.setdiff1d(np.arange(size), fixed)
        u = np.zeros(size)
        u[fixed] = values
        rest = (force - matrix @ u)[free]
        lu = splu(matrix[free][:, free])
        u[free] = lu.solve(rest)
        u[free] += lu.solve((force - matrix @ u)[free])
        return u

    results = {}
    for direction, moved, free_edge in (("x", right, top), ("y", top, right)):
        fixed = np.concatenate([left, bottom, moved])
        u = solve(np.zeros(size), fixed, np.concatenate([np.zeros(2 * nodes), np.full(nodes, -N)]))
        results["E" + direction] = u @ (matrix @ u) / N**2
        results["nu" + direction] = weights @ u[free_edge] / N
    heat = np.bincount(unknowns.ravel(), F.ravel(), size)
    u = solve(heat, np.concatenate([left, bottom]), np.zeros(2 * nodes))
    results["alphax"], results["alphay"] = weights @ u[right] / N, weights @ u[top] / N
    return results


def periodic(pixels, plane):
    K, F, D, hot = elements(pixels, plane)
    unknowns = unknowns_of(N)
    size = 2 * N * N
    lu_matrix = assemble(K, unknowns, size)
    loads = np.stack([-sum(B.T @ law for B in BS) / 4 for law in D])
    loads = np.concatenate([loads, F[:, :, None]], 2)
    total = np.stack([np.bincount(unknowns.ravel(), loads[..., k].ravel(), size) for k in range(4)], -1)
    lu = splu(lu_matrix[2:, 2:])
    u = np.zeros((size, 4))
    u[2:] = lu.solve(total[2:])
    u[2:] += lu.solve((total - lu_matrix @ u)[2:])
    mean = sum(B for B in BS) / 4
    strains = np.einsum("ab,ebk->eak", mean, u[unknowns])
    strains[:, :, :3] += np.eye(3)
    stress = np.einsum("eij,ejk->ik", D, strains) / N**2
    held = hot.mean(0) - stress[:, 3]
    C = stress[:, :3]
    return {"stiffness": C.ravel().tolist(), "thermalStress": held.tolist(), "expansion": np.linalg.solve(C, held).tolist()}


def images():
    random = np.random.default_rng(7)
    x, y = np.meshgrid((np.arange(N) + 0.5) / N, (np.arange(N) + 0.5) / N)
    wave = (2 + np.sin(2 * np.pi * (x + 0.3)) + np.cos(2 * np.pi * (2 * y - x))) / 4
    noise = random.uniform(size=(3, N, N))
    share = random.uniform(size=(N, N))
    density = np.clip(1.6 * wave - 0.3, 0, 1)
    return {
        "smooth, contrast 20": {"youngsModulus": 1e9 * (1 + 19 * wave), "poissonRatio": 0.2 + 0.15 * (1 - wave), "thermalExpansion": 1e-5 * (1 + wave)},
        "random, contrast 100": {"youngsModulus": 10 ** (9 + 2 * noise[0]), "poissonRatio": 0.1 + 0.3 * noise[1], "thermalExpansion": 1e-6 + 3e-5 * noise[2]},
        "densities, contrast 10000": {
            "youngsModulus": 2e11 * (1e-4 + (1 - 1e-4) * density**3), "poissonRatio": np.full((N, N), 0.3), "thermalExpansion": np.full((N, N), 1.2e-5) * (1 + density),
        },
        "random, contrast 683000": {
            "youngsModulus": 1e5 * 683000 ** np.clip(1.5 * share - 0.25, 0, 1), "poissonRatio": 0.25 + 0.08 * share, "thermalExpansion": 1.1e-5 + 1.26e-5 * share,
        },
    }


cases = []
for name, pixels in images().items():
    tests = {plane: {"rollers": rollers(pixels, plane), "periodic": periodic(pixels, plane)} for plane in ("plane-stress", "plane-strain")}
    cases.append({"name": name, "pixels": {constant: values.ravel().tolist() for constant, values in pixels.items()}, "tests": tests})
golden = {"origin": f"made by make-gray-goldens.py (SuperLU of SciPy {scipy.__version__}); SI units", "resolution": N, "cases": cases}
(pathlib.Path(__file__).parent / "gray-tests.json").write_text(json.dumps(golden) + "\n")
