"""How a peer speaks with the benchmark: reads what test/golden/fem/box.cpp reads, answers a line an image."""
import sys
import time

import numpy as np


def answer_images(prepare):
    """prepare(n, white, black, plane) sets up, untimed, and returns a function from image to numbers."""
    plane = sys.stdin.readline().strip()
    white, black = (tuple(map(float, sys.stdin.readline().split())) for _ in range(2))
    n, _ = map(int, sys.stdin.readline().split())
    test = prepare(n, white, black, plane)
    for line in sys.stdin:
        image = np.array(list(line.strip()), np.uint8).reshape(n, n)
        start = time.perf_counter()
        numbers = test(image)
        milliseconds = 1000 * (time.perf_counter() - start)
        print(*map("{:.14g}".format, numbers), "{:.4f}".format(milliseconds), flush=True)
