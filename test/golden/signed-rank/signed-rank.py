"""Wilcoxon signed rank tests by SciPy: prints the golden cases as JSON. python3 signed-rank.py > cases.json"""
import json
import sys

import numpy
import scipy
from scipy.stats import PermutationMethod, wilcoxon

rng = numpy.random.default_rng(31)
every = PermutationMethod(n_resamples=numpy.inf)


def case(name, differences, method):
    """`every` enumerates all choices of signs, also with ties; SciPy's own `exact` allows none."""
    scipy_method = every if method == "every" else method
    correction = {"correction": True} if method == "asymptotic" else {}
    kept = [value for value in differences if value != 0]
    greater = wilcoxon(kept, alternative="greater", method=scipy_method, **correction)
    both = wilcoxon(kept, alternative="two-sided", method=scipy_method, **correction)
    return {
        "name": name,
        "method": "asymptotic" if method == "asymptotic" else "exact",
        "differences": [float(value) for value in differences],
        "rankSum": float(greater.statistic),
        "pOneSided": float(greater.pvalue),
        "pTwoSided": float(both.pvalue),
    }


cases = [
    # Darwin's maize, crossed less self-fertilized, in eighths of an inch.
    case("Darwin's maize", [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48], "exact"),
    case("one difference", [1.5], "exact"),
    case("all negative, 9", -numpy.abs(rng.normal(0, 1, 9)).round(6), "exact"),
    case("no difference, 24", rng.normal(0, 1, 24).round(6), "exact"),
    case("exact at its largest, 50", rng.normal(0.3, 1, 50).round(6), "exact"),
    case("ties, 12", rng.integers(-3, 6, 12), "every"),
    case("ties and zeros, 14", [0, 0, 1, 1, -1, 2, -2, 2, 3, 3, 3, -1, 0, 4], "every"),
    case("51", rng.normal(0.2, 1, 51).round(6), "asymptotic"),
    case("many ties, 80", rng.integers(-4, 6, 80), "asymptotic"),
    case("far tail, 200", rng.normal(1, 1, 200).round(6), "asymptotic"),
    case("mostly negative, 120", rng.normal(-0.2, 1, 120).round(6), "asymptotic"),
]
json.dump({"origin": f"scipy.stats.wilcoxon of SciPy {scipy.__version__}, by signed-rank.py", "cases": cases}, sys.stdout, indent=1)
