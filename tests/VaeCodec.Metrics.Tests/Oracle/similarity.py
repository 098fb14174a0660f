"""PSNR, PSNR-Y, SSIM and MS-SSIM of two binary PNM files, by dense window matrices in NumPy; one number a line."""
import sys

import numpy as np


def read(path):
    magic, size, peak, pixels = open(path, "rb").read().split(b"\n", 3)
    width, height = map(int, size.split())
    samples = np.frombuffer(pixels, np.uint8 if int(peak) < 256 else ">u2")
    return samples.reshape(height, width, 1 if magic == b"P5" else 3).astype(np.float64), int(peak)


def filter_matrix(length):
    taps = 11 if length >= 11 else length if length % 2 else length - 1
    weights = np.exp(-(np.arange(taps) - taps // 2) ** 2.0 / 4.5)
    weights /= weights.sum()
    matrix = np.zeros((length - taps + 1, length))
    for row in range(len(matrix)):
        matrix[row, row:row + taps] = weights
    return matrix


def means(x, y):
    down, across = filter_matrix(x.shape[0]), filter_matrix(x.shape[1]).T
    mx, my = down @ x @ across, down @ y @ across
    vx = down @ (x * x) @ across - mx * mx
    vy = down @ (y * y) @ across - my * my
    vxy = down @ (x * y) @ across - mx * my
    c1, c2 = (0.01 * peak) ** 2, (0.03 * peak) ** 2
    contrast = (2 * vxy + c2) / (vx + vy + c2)
    return np.mean(contrast * (2 * mx * my + c1) / (mx * mx + my * my + c1)), np.mean(contrast)


def halve(x):
    x = np.pad(x, [(0, x.shape[0] % 2), (0, x.shape[1] % 2)], mode="symmetric")
    return x.reshape(x.shape[0] // 2, 2, x.shape[1] // 2, 2).mean((1, 3))


def similarity(x, y):
    exponents = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333]
    scales = [means(x, y)]
    while len(scales) < 5 and (min(x.shape) + 1) // 2 >= 11:
        x, y = halve(x), halve(y)
        scales.append(means(x, y))
    exponents = np.array(exponents[:len(scales)]) / sum(exponents[:len(scales)])
    factors = [c for _, c in scales[:-1]] + [scales[-1][0]]
    return scales[0][0], np.prod(np.maximum(factors, 0) ** exponents)


(a, peak), (b, _) = read(sys.argv[1]), read(sys.argv[2])
luma = [p[..., 0] if p.shape[2] == 1 else p @ [0.299, 0.587, 0.114] for p in (a, b)]
print(10 * np.log10(peak ** 2 / np.mean((a - b) ** 2)))
print(10 * np.log10(peak ** 2 / np.mean((luma[0] - luma[1]) ** 2)))
for value in np.mean([similarity(a[..., c], b[..., c]) for c in range(a.shape[2])], axis=0):
    print(value)
