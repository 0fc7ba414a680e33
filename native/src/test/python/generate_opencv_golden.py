# Copyright 2026 The Frameflow Authors
#
# Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
# in compliance with the License. You may obtain a copy of the License at
#
#     http://www.apache.org/licenses/LICENSE-2.0
#
# Unless required by applicable law or agreed to in writing, software distributed under the License
# is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
# or implied. See the License for the specific language governing permissions and limitations under
# the License.
"""Writes what OpenCV makes of pictures that this program draws.

    pip install opencv-python-headless && python native/src/test/python/generate_opencv_golden.py

The files committed were written with OpenCV 4.14.0 (libjpeg-turbo 3.1.2).
"""

import pathlib
import zlib

import cv2
import numpy as np

RESOURCES = pathlib.Path(__file__).resolve().parents[1] / "resources" / "io" / "frameflow"

# (source width, source height, resized width, resized height)
RESIZED = [
    (1, 1, 1, 1), (1, 1, 5, 7), (2, 2, 64, 64), (3, 200, 2, 100), (7, 5, 13, 11), (31, 33, 32, 32),
    (32, 31, 33, 1), (33, 32, 31, 64), (64, 48, 32, 24), (64, 48, 64, 48), (100, 80, 37, 29),
    (333, 500, 426, 640), (640, 425, 640, 425), (810, 1080, 480, 640), (1280, 720, 640, 360),
    (1920, 1080, 640, 360), (1920, 1080, 320, 180), (4096, 3, 640, 1),
]
NV12 = [(2, 2), (4, 2), (64, 48), (256, 256)]


def noise(width, height, channels):
    """Bytes that the tests can make as well: the top byte of a multiplicative hash."""
    index = np.arange(width * height * channels, dtype=np.uint64)
    hashed = (index + np.uint64(1)) * np.uint64(2654435761) % np.uint64(1 << 32)
    hashed = (hashed ^ (hashed >> np.uint64(15))) * np.uint64(2246822519) % np.uint64(1 << 32)
    return (hashed >> np.uint64(24)).astype(np.uint8).reshape(height, width, channels)


def crc(array):
    return "%08x" % zlib.crc32(np.ascontiguousarray(array).tobytes())


def scene(width, height):
    """Gradients, edges, text and a little noise, so that every kind of block occurs."""
    y, x = np.mgrid[0:height, 0:width]
    picture = np.stack([x * 255 // width, y * 255 // height, (x + y) * 3 % 256], 2).astype(np.uint8)
    cv2.circle(picture, (width // 3, height // 2), height // 3, (30, 40, 220), -1)
    cv2.rectangle(picture, (width // 2, 3), (width - 5, height // 2), (240, 230, 20), 2)
    cv2.putText(picture, "F", (width // 2, height - 4), cv2.FONT_HERSHEY_SIMPLEX, 1, (0, 0, 0), 2)
    return cv2.add(picture, noise(width, height, 3) // 16)


def write_resized():
    lines = ["# source width, source height, resized width, resized height, CRC-32 of the pixels"]
    for width, height, resized_width, resized_height in RESIZED:
        resized = cv2.resize(
            noise(width, height, 3), (resized_width, resized_height),
            interpolation=cv2.INTER_LINEAR)
        lines.append(f"{width},{height},{resized_width},{resized_height},{crc(resized)}")
    (RESOURCES / "preprocess" / "opencv-resize.csv").write_text("\n".join(lines) + "\n")


def write_nv12():
    lines = ["# width, height, CRC-32 of the red, green and blue bytes"]
    for width, height in NV12:
        planes = noise(width, height * 3 // 2, 1)
        lines.append(f"{width},{height},{crc(cv2.cvtColor(planes, cv2.COLOR_YUV2RGB_NV12))}")
    (RESOURCES / "decode" / "opencv-nv12.csv").write_text("\n".join(lines) + "\n")


def write_jpeg():
    picture = scene(67, 45)
    sampling = cv2.IMWRITE_JPEG_SAMPLING_FACTOR
    variants = {
        "444": [sampling, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444],
        "422": [sampling, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_422],
        "420": [sampling, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420],
        "440": [sampling, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_440],
        "411": [sampling, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_411],
        "progressive": [cv2.IMWRITE_JPEG_PROGRESSIVE, 1],
        "restart": [cv2.IMWRITE_JPEG_RST_INTERVAL, 2],
        "low-quality": [cv2.IMWRITE_JPEG_QUALITY, 10],
    }
    for name, options in variants.items():
        write_jpeg_and_pixels(name, picture, options)
    write_jpeg_and_pixels("gray", cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), [])


def write_jpeg_and_pixels(name, picture, options):
    path = RESOURCES / "decode" / f"{name}.jpg"
    cv2.imwrite(str(path), picture, options)
    decoded = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
    cv2.imwrite(str(path.with_suffix(".png")), decoded)


if __name__ == "__main__":
    write_resized()
    write_nv12()
    write_jpeg()
