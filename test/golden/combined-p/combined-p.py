"""Fisher's combination of p values by SciPy: prints the golden cases as JSON. python3 combined-p.py > cases.json"""
import json
import sys

import numpy
import scipy
from scipy.stats import combine_pvalues

rng = numpy.random.default_rng(60)


def case(name, p_values):
    return {"name": name, "pValues": [float(p) for p in p_values], "p": float(combine_pvalues(p_values, method="fisher").pvalue)}


cases = [
    case("one p is itself", [0.037]),
    case("Fisher's own example", [0.145, 0.263, 0.087]),
    case("eight under chance", rng.uniform(size=8)),
    case("eight small ones", 10.0 ** -rng.uniform(1, 20, 8)),
    case("eight near 1", 1 - 10.0 ** -rng.uniform(1, 4, 8)),
    case("one small one among large ones", [1e-9, 0.9, 0.8, 0.99, 1, 0.7]),
    case("hundred under chance", rng.uniform(size=100)),
    case("five hundred, half of them small", numpy.concatenate([rng.uniform(size=250), 10.0 ** -rng.uniform(0, 2, 250)])),
    case("far tail", [1e-60, 1e-70, 1e-80]),
]
json.dump({"origin": f"scipy.stats.combine_pvalues of SciPy {scipy.__version__}, by combined-p.py", "cases": cases}, sys.stdout, indent=1)
