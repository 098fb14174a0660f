"""BD-rate (as a fraction) and BD-quality of two curves with SciPy; arguments: rates and qualities, comma-separated, of both."""
import sys

import numpy as np
from scipy.interpolate import PchipInterpolator

r1, q1, r2, q2 = (np.array([float(v) for v in argument.split(",")]) for argument in sys.argv[1:])


def mean(x1, y1, x2, y2):
    start, end = max(x1[0], x2[0]), min(x1[-1], x2[-1])
    return (PchipInterpolator(x2, y2).integrate(start, end) - PchipInterpolator(x1, y1).integrate(start, end)) / (end - start)


print(np.exp(mean(q1, np.log(r1), q2, np.log(r2))) - 1)
print(mean(np.log(r1), q1, np.log(r2), q2))
