"""Effective stiffness and thermal expansion of a periodic pixel image by SciPy's SuperLU.

Independent of the project's own solver: periodic fluctuations as unknowns, loads from the phases'
stresses, general sparse LU, refinement with residuals in extended precision. Elements have edge 1.
Benchmarks call it in double precision and without refinement."""
import functools

import numpy as np
import scipy.sparse as sparse
from scipy.sparse.linalg import splu

EXTENDED = np.longdouble
NODE_X, NODE_Y = np.array([0, 1, 1, 0]), np.array([0, 0, 1, 1])


def plane_constants(young, poisson, alpha, plane):
    """Stiffness (Voigt, engineering shear) and thermal stress at 1 K from the three-dimensional law."""
    lame, shear = young * poisson / ((1 + poisson) * (1 - 2 * poisson)), young / (2 * (1 + poisson))
    hot = (3 * lame + 2 * shear) * alpha
    if plane == "plane-stress":
        hot, lame = hot * 2 * shear / (lame + 2 * shear), lame * 2 * shear / (lame + 2 * shear)
    D = np.array([[lame + 2 * shear, lame, 0], [lame, lame + 2 * shear, 0], [0, 0, shear]], EXTENDED)
    return D, np.array([hot, hot, 0], EXTENDED)


def strain_matrices():
    for x in (0.5 - 0.5 / np.sqrt(EXTENDED(3)), 0.5 + 0.5 / np.sqrt(EXTENDED(3))):
        for y in (0.5 - 0.5 / np.sqrt(EXTENDED(3)), 0.5 + 0.5 / np.sqrt(EXTENDED(3))):
            dx = np.where(NODE_X, 1, -1) * np.where(NODE_Y, y, 1 - y)
            dy = np.where(NODE_Y, 1, -1) * np.where(NODE_X, x, 1 - x)
            B = np.zeros((3, 8), EXTENDED)
            B[0, 0::2] = B[2, 1::2] = dx
            B[1, 1::2] = B[2, 0::2] = dy
            yield B


@functools.cache
def grid(n):
    """Unknowns of each element, and where its stiffness goes in the matrix."""
    column, row = np.meshgrid(np.arange(n), np.arange(n))
    nodes = np.stack([(row + y) % n * n + (column + x) % n for x, y in zip(NODE_X, NODE_Y)], -1).reshape(-1, 4)
    unknowns = np.stack([2 * nodes, 2 * nodes + 1], -1).reshape(-1, 8)
    return unknowns, np.repeat(unknowns, 8, axis=1).ravel(), np.tile(unknowns, (1, 8)).ravel()


@functools.cache
def elements(material, plane, number):
    """Constants with the thermal stress, stiffness, and loads of three unit strains and of 1 K held."""
    D, hot = plane_constants(*material, plane)
    Bs = list(strain_matrices())
    stiffness = sum(B.T @ D @ B for B in Bs) / 4
    loads = np.column_stack([sum(B.T @ D for B in Bs) / 4, -sum(B.T @ hot for B in Bs) / 4])
    return tuple(part.astype(number) for part in (np.column_stack([D, -hot]), stiffness, loads))


def sum_at_nodes(forces, unknowns, n):
    if forces.dtype == EXTENDED:
        total = np.zeros((2 * n * n, 4), EXTENDED)
        np.add.at(total, unknowns.ravel(), forces.reshape(-1, 4))
        return total
    return np.stack([np.bincount(unknowns.ravel(), forces[..., load].ravel(), 2 * n * n) for load in range(4)], -1)


def periodic(image, white, black, plane, number=EXTENDED, solutions=4):
    """image: 0/1, row 0 at the top; materials: (E, nu, alpha). Returns C (3 x 3) and alpha (11, 22, 12)."""
    n = len(image)
    phase = image[::-1].ravel().astype(int)
    unknowns, rows, columns = grid(n)
    means, stiffnesses, loads = map(np.array, zip(*(elements(material, plane, number) for material in (black, white))))
    K, F = stiffnesses[phase], loads[phase]
    matrix = sparse.coo_matrix((K.astype(float).ravel(), (rows, columns)), shape=(2 * n * n, 2 * n * n)).tocsc()
    factor = splu(matrix[2:, 2:], permc_spec="MMD_AT_PLUS_A", options=dict(SymmetricMode=True), diag_pivot_thresh=0.0)
    u = np.zeros((2 * n * n, 4), number)
    for _ in range(solutions):
        unbalanced = sum_at_nodes(-(np.einsum("eab,ebj->eaj", K, u[unknowns]) + F) if u.any() else -F, unknowns, n)
        u[2:] += factor.solve(unbalanced[2:].astype(float))

    stress = np.zeros((3, 4), number)
    for p in (0, 1):
        stress += (phase == p).sum() * means[p]
    stress += np.einsum("eai,eaj->ij", F[:, :, :3], u[unknowns])
    stress = (stress / n**2).astype(float)
    return stress[:, :3], np.linalg.solve(stress[:, :3], -stress[:, 3])
