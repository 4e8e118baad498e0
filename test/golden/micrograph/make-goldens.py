"""Writes micrograph.json: small gray pictures, and what scikit-image makes of them: Otsu's threshold, area means, images
without speckles. Pictures of floats are separated by trying all 255 borders of bins with NumPy, because scikit-image
gives the center of a bin.

Run: pip install numpy scipy scikit-image && python3 make-goldens.py   (made with numpy 2.4, scikit-image 0.26)"""
import base64
import json
import pathlib

import numpy as np
from scipy.ndimage import gaussian_filter
from skimage.filters import threshold_otsu
from skimage.measure import label
from skimage.transform import resize_local_mean

rng = np.random.default_rng(16)


def gray(height, width, scale, low, high, noise):
    """A smooth field in two gray levels, with a blurred border, shading and noise."""
    field = gaussian_filter(rng.normal(size=(height, width)), scale)
    phases = gaussian_filter((field > np.quantile(field, 0.6)).astype(float), 0.7)
    shading = 0.1 * (high - low) * np.linspace(0, 1, width)
    return low + (high - low) * phases + shading + rng.normal(scale=noise, size=(height, width))


def otsu_of_floats(values):
    edges = np.linspace(values.min(), values.max(), 257)
    best = (-1.0, None)
    for edge in edges[1:-1]:
        upper = values >= edge
        share = upper.mean()
        if 0 < share < 1:
            between = share * (1 - share) * (values[upper].mean() - values[~upper].mean()) ** 2
            if between > best[0] * (1 + 1e-12):
                best = (between, upper)
    return best[1]


def without_white_speckles(image, smallest):
    labels = label(image, connectivity=2)
    sizes = np.bincount(labels.ravel())
    return image & (sizes[labels] >= smallest)


def bits(image):
    return base64.b64encode(np.packbits(image.astype(np.uint8).ravel())).decode()


def middle(values):
    edge = min(values.shape)
    row, column = (values.shape[0] - edge) // 2, (values.shape[1] - edge) // 2
    return values[row:row + edge, column:column + edge]


cases = []
for name, kind, picture in [
    ("bytes", np.uint8, gray(40, 40, 2, 60, 180, 12)),
    ("words", np.uint16, gray(24, 36, 2, 9000, 40000, 3000)),
    ("floats", np.float32, gray(32, 32, 2, 0.2, 0.7, 0.05)),
]:
    limits = (np.iinfo(kind).min, np.iinfo(kind).max) if np.issubdtype(kind, np.integer) else (-np.inf, np.inf)
    values = np.clip(picture, *limits).astype(kind)
    white = otsu_of_floats(values) if kind is np.float32 else values > threshold_otsu(values)
    threshold = (values[~white].max().astype(float) + values[white].min().astype(float)) / 2
    resampled = {}
    for resolution in (8, 16, 48):
        means = resize_local_mean(middle(values).astype(float), (resolution, resolution))
        # A mean at the threshold would compare rounding.
        assert np.abs(means - threshold).min() > 1e-9 * threshold
        resampled[resolution] = bits(means > threshold)
    raw = white if name != "bytes" else rng.random(values.shape) < 0.45
    cleaned = without_white_speckles(raw, 6)
    cleaned = ~without_white_speckles(~cleaned, 6)
    cases.append({
        "name": name, "width": values.shape[1], "height": values.shape[0],
        "values": base64.b64encode(values.tobytes()).decode(), "otsu": bits(white), "resampled": resampled,
        "speckled": bits(raw), "withoutSpeckles": bits(cleaned),
    })

(pathlib.Path(__file__).parent / "micrograph.json").write_text(json.dumps(cases, indent=1) + "\n")
