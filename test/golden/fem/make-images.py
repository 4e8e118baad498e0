"""Draws the six 128 x 128 test images of the four families (NumPy only), as one hex string an image:
row-major, row 0 at the top, eight pixels a byte, most significant bit first, white = 1."""
import numpy as np

N = 128
CENTRES = (np.arange(N) + 0.5) / N
X, Y = np.meshgrid(CENTRES, CENTRES)


def wrapped(distance):
    return distance - np.round(distance)


def whitest(score, fraction):
    """The pixels of highest score, as many as the fraction asks for."""
    image = np.zeros(N * N, np.uint8)
    image[np.argsort(-score.ravel(), kind="stable")[: round(fraction * N * N)]] = 1
    return image.reshape(N, N)


def particles(random, count, fraction):
    score = np.full((N, N), -9.0)
    for x, y, angle, aspect in zip(*random.uniform(size=(4, count))):
        dx, dy = wrapped(X - x), wrapped(Y - y)
        along = dx * np.cos(np.pi * angle) + dy * np.sin(np.pi * angle)
        across = dy * np.cos(np.pi * angle) - dx * np.sin(np.pi * angle)
        score = np.maximum(score, -np.hypot(along / (1 + aspect), across))
    return whitest(score, fraction)


def fibers(random, count, fraction):
    score = np.full((N, N), -9.0)
    for x, y, angle in zip(*random.uniform(size=(3, count))):
        dx, dy = wrapped(X - x), wrapped(Y - y)
        along = dx * np.cos(np.pi * angle) + dy * np.sin(np.pi * angle)
        across = dy * np.cos(np.pi * angle) - dx * np.sin(np.pi * angle)
        score = np.maximum(score, -np.hypot(np.maximum(np.abs(along) - 0.2, 0), across))
    return whitest(score, fraction)


def cells(random, count, fraction):
    x, y = random.uniform(size=(2, count))
    distances = np.sort([np.hypot(wrapped(X - a), wrapped(Y - b)) for a, b in zip(x, y)], axis=0)
    return whitest(distances[0] - distances[1], fraction)


def spinodal(random, periods, fraction):
    frequency = np.hypot(*np.meshgrid(np.fft.fftfreq(N, 1 / N), np.fft.fftfreq(N, 1 / N)))
    noise = np.fft.fft2(random.standard_normal((N, N)))
    return whitest(np.fft.ifft2(noise * np.exp(-(((frequency - periods) / 1.5) ** 2))).real, fraction)


def images():
    random = np.random.RandomState
    return {
        "particles": particles(random(1), 40, 0.39),
        "particles, few": particles(random(2), 9, 0.40),
        "fibers": fibers(random(3), 30, 0.385),
        "cells": cells(random(4), 30, 0.395),
        "spinodal": spinodal(random(5), 7, 0.39),
        "spinodal, fine": spinodal(random(6), 14, 0.405),
    }


def to_hex(image):
    return np.packbits(image).tobytes().hex()
