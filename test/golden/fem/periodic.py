"""Effective stiffness and thermal expansion of a periodic pixel image by SciPy's SuperLU.

Independent of the project's own solver: periodic fluctuations as unknowns, loads from the phases'
stresses, general sparse LU, refinement with residuals in extended precision. Elements have edge 1."""
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


def periodic(image, white, black, plane):
    """image: 0/1, row 0 at the top; materials: (E, nu, alpha). Returns C (3 x 3) and alpha (11, 22, 12)."""
    n = len(image)
    phase = image[::-1].ravel().astype(int)
    constants = [plane_constants(*black, plane), plane_constants(*white, plane)]
    Bs = list(strain_matrices())
    K = np.array([sum(B.T @ D @ B for B in Bs) / 4 for D, _ in constants])[phase]
    loads = [np.column_stack([sum(B.T @ D for B in Bs) / 4, -sum(B.T @ hot for B in Bs) / 4]) for D, hot in constants]
    loads = np.array(loads)[phase]

    column, row = np.meshgrid(np.arange(n), np.arange(n))
    nodes = np.stack([(row + y) % n * n + (column + x) % n for x, y in zip(NODE_X, NODE_Y)], -1).reshape(-1, 4)
    unknowns = np.stack([2 * nodes, 2 * nodes + 1], -1).reshape(-1, 8)
    rows, columns = np.repeat(unknowns, 8, axis=1).ravel(), np.tile(unknowns, (1, 8)).ravel()
    matrix = sparse.coo_matrix((K.astype(float).ravel(), (rows, columns)), shape=(2 * n * n, 2 * n * n)).tocsc()
    factor = splu(matrix[2:, 2:], permc_spec="MMD_AT_PLUS_A", options=dict(SymmetricMode=True), diag_pivot_thresh=0.0)
    u = np.zeros((2 * n * n, 4), EXTENDED)
    for _ in range(4):
        unbalanced = np.zeros_like(u)
        np.add.at(unbalanced, unknowns.ravel(), -(np.einsum("eab,ebj->eaj", K, u[unknowns]) + loads).reshape(-1, 4))
        u[2:] += factor.solve(unbalanced[2:].astype(float))

    stress = np.zeros((3, 4), EXTENDED)
    mean_constants = [np.column_stack([D, -hot]) for D, hot in constants]
    for p in (0, 1):
        stress += (phase == p).sum() * mean_constants[p]
    stress += np.einsum("eai,eaj->ij", loads[:, :, :3], u[unknowns])
    stress = (stress / n**2).astype(float)
    return stress[:, :3], np.linalg.solve(stress[:, :3], -stress[:, 3])
