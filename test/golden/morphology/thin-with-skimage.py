"""Thins text images of '#' and '.' with scikit-image, for comparison with src/engine/morphology/thin.

Usage: python3 thin-with-skimage.py thin|skeletonize open|periodic < image.txt > skeleton.txt
`thin` is Guo & Hall (1989); `skeletonize` is scikit-image's own variant of Zhang & Suen (1984): its table
differs from the published rules in 25 of 256 neighborhoods (thinner steps, small squares kept).
Periodic images are tiled 3 x 3 and the middle is kept.
"""
import sys
import numpy as np
from skimage import morphology

white = np.array([[character == "#" for character in line.strip()] for line in sys.stdin])
height, width = white.shape
if sys.argv[2] == "periodic":
    white = np.tile(white, (3, 3))
skeleton = getattr(morphology, sys.argv[1])(white)
if sys.argv[2] == "periodic":
    skeleton = skeleton[height:2 * height, width:2 * width]
for row in skeleton:
    print("".join("#" if pixel else "." for pixel in row))
