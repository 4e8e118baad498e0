"""Speed peer of `periodic` at any contrast: test/golden/fem/periodic.py in double precision, one solution.

SciPy offers no symbolic analysis apart from the factorization, so its time is in every image's.
Answers the nine entries of the stiffness and the expansion 11, 22."""
import pathlib
import sys

from lines import answer_images

sys.path.append(str(pathlib.Path(__file__).parents[2] / "test/golden/fem"))
from periodic import periodic


def prepare(n, white, black, plane):
    def test(image):
        stiffness, expansion = periodic(image, white, black, plane, number=float, solutions=1)
        return [*stiffness.ravel(), *expansion[:2]]

    return test


answer_images(prepare)
