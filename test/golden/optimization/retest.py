"""Re-tests the optima of optima.json and writes their properties beside them: stiffness and expansion of periodic cells.

The cells are optima of the project at 32 x 32; their numbers are not. Independent of its solvers: elements by
2 x 2 Gauss points from the three-dimensional law, a general sparse LU (../fem/make-gray-goldens.py, whose functions it takes).
Debian: apt-get install python3-scipy. Run: python3 retest.py"""
import json
import pathlib
import sys

import numpy as np
import scipy
import scipy.sparse as sparse
from scipy.sparse.linalg import splu

folder = pathlib.Path(__file__).parent
sys.path.append(str(folder.parent / "fem"))
from periodic import NODE_X, NODE_Y, plane_constants, strain_matrices

BS = [B.astype(float) for B in strain_matrices()]
PHASES = {
    "boron": ((379.3e9, 0.3, 8.3e-6), (68.3e9, 0.3, 23.6e-6)),
    "aluminum": ((68.3e9, 0.33, 23.6e-6), (0.1e6, 0.25, 1e-15)),
}


def periodic(bits, phases):
    """Stiffness and expansion, 11, 22, 12, of a cell in plane stress."""
    n = len(bits)
    laws = [tuple(part.astype(float) for part in plane_constants(*material, "plane-stress")) for material in phases]
    white = bits[::-1].ravel().astype(bool)
    D = np.where(white[:, None, None], laws[0][0], laws[1][0])
    hot = np.where(white[:, None], laws[0][1], laws[1][1])
    K = sum(np.einsum("ai,eab,bj->eij", B, D, B) for B in BS) / 4
    loads = np.concatenate([-sum(np.einsum("ai,eab->eib", B, D) for B in BS) / 4, sum(np.einsum("ai,ea->ei", B, hot) for B in BS)[:, :, None] / 4], 2)
    column, row = np.meshgrid(np.arange(n), np.arange(n))
    nodes = np.stack([(row + y) % n * n + (column + x) % n for x, y in zip(NODE_X, NODE_Y)], -1).reshape(-1, 4)
    unknowns = np.stack([2 * nodes, 2 * nodes + 1], -1).reshape(-1, 8)
    rows, columns = np.repeat(unknowns, 8, axis=1).ravel(), np.tile(unknowns, (1, 8)).ravel()
    matrix = sparse.csc_matrix((K.ravel(), (rows, columns)), shape=(2 * n * n, 2 * n * n))
    total = np.stack([np.bincount(unknowns.ravel(), loads[..., k].ravel(), 2 * n * n) for k in range(4)], -1)
    lu = splu(matrix[2:, 2:])
    u = np.zeros_like(total)
    u[2:] = lu.solve(total[2:])
    u[2:] += lu.solve((total - matrix @ u)[2:])
    strains = np.einsum("ab,ebk->eak", sum(BS) / 4, u[unknowns])
    strains[:, :, :3] += np.eye(3)
    stress = np.einsum("eij,ejk->ik", D, strains) / n**2
    return stress[:, :3], np.linalg.solve(stress[:, :3], hot.mean(0) - stress[:, 3])


golden = json.loads((folder / "optima.json").read_text())
for optimum in golden["optima"]:
    bits = np.array([[character == "#" for character in row] for row in optimum["rows"]])
    stiffness, expansion = periodic(bits, PHASES[optimum["phases"]])
    S = np.linalg.inv(stiffness)
    optimum["youngsModulus"] = [1 / S[0, 0], 1 / S[1, 1]]
    optimum["poissonRatio"] = [-S[1, 0] / S[0, 0], -S[0, 1] / S[1, 1]]
    optimum["thermalExpansion"] = expansion[:2].tolist()
golden["origin"] = f"properties by retest.py (SuperLU of SciPy {scipy.__version__}); SI units"
(folder / "optima.json").write_text(json.dumps(golden, indent=1) + "\n")
