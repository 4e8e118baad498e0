"""Mann-Whitney U tests by SciPy: prints the golden cases as JSON. python3 mann-whitney.py > cases.json"""
import json
import sys

import numpy
import scipy
from scipy.stats import mannwhitneyu

rng = numpy.random.default_rng(20)


def case(name, first, second, method):
    greater = mannwhitneyu(first, second, alternative="greater", method=method)
    both = mannwhitneyu(first, second, alternative="two-sided", method=method)
    return {
        "name": name,
        "method": method,
        "first": [float(value) for value in first],
        "second": [float(value) for value in second],
        "u": float(greater.statistic),
        "pOneSided": float(greater.pvalue),
        "pTwoSided": float(both.pvalue),
    }


cases = [
    case("textbook, no ties", [19, 22, 16, 29, 24], [20, 11, 17, 12], "exact"),
    case("one against one", [2.0], [1.0], "exact"),
    case("apart, 8 and 9", rng.normal(5, 1, 8).round(6), rng.normal(0, 1, 9).round(6), "exact"),
    case("exact at its largest, 20 and 20", rng.normal(0.6, 1, 20).round(6), rng.normal(0, 1, 20).round(6), "exact"),
    case("second group larger, 7 and 20", rng.normal(-1, 1, 7).round(6), rng.normal(0, 1, 20).round(6), "exact"),
    case("many ties", rng.integers(0, 6, 30), rng.integers(1, 7, 25), "asymptotic"),
    case("few values with ties", [1, 2, 2, 3], [2, 3, 4, 4, 5], "asymptotic"),
    case("no difference, 60 and 45", rng.normal(0, 1, 60).round(6), rng.normal(0, 1, 45).round(6), "asymptotic"),
    case("far tail, 120 and 150", rng.normal(2, 1, 120).round(6), rng.normal(0, 1, 150).round(6), "asymptotic"),
    case("one against many", [0.3], rng.normal(0, 1, 40).round(6), "asymptotic"),
]
json.dump({"origin": f"scipy.stats.mannwhitneyu of SciPy {scipy.__version__}, by mann-whitney.py", "cases": cases}, sys.stdout, indent=1)
