"""scikit-image's SSIM of two PNM files with the parameters of Wang et al. 2004, mean of the channels."""
import sys

import numpy as np
from skimage.metrics import structural_similarity


def read(path):
    magic, size, peak, pixels = open(path, "rb").read().split(b"\n", 3)
    width, height = map(int, size.split())
    return np.frombuffer(pixels, np.uint8).reshape(height, width, 1 if magic == b"P5" else 3)


a, b = read(sys.argv[1]), read(sys.argv[2])
print(structural_similarity(a, b, data_range=255, channel_axis=2, gaussian_weights=True, sigma=1.5, use_sample_covariance=False))
