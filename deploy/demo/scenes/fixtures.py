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
"""The things that stand in a street and hide others: trees, lamps, signs, planters, advertising columns.

Builders as in `scenes.movers`; phase and rear are of no use to them.
"""

import numpy as np

from scenes.sketch import Sketch

BARK = np.array([.33, .25, .19], np.float32)
STEEL = np.array([.36, .38, .40], np.float32)
STONE = np.array([.60, .58, .55], np.float32)


def _green(style, index):
    return 0.35 * style.paint(index) * [0.4, 0.6, 0.3] + np.float32([.13, .30, .11])


def tree(style, phase, rear):
    height = style.between(3.6, 6.5)
    spread = style.between(0.75, 1.35)
    leaves = _green(style, 0)
    sketch = Sketch(style.count)
    sketch.box(0, height * 0.28, 0.13, height * 0.30, BARK, radius=0.05, taper=-0.25)
    for index in range(9):
        angle = index * 2.4 + style.between(-0.5, 0.5)
        reach = 0.0 if index == 0 else spread * (0.55 + 0.06 * index)
        size = spread * style.between(0.48, 0.75)
        sketch.disc(reach * np.cos(angle) * 0.9, height * 0.72 + reach * np.sin(angle) * 0.75, size,
                    np.clip(leaves * (0.8 + 0.06 * index), 0, 1), shade=0.25)
    return sketch.primitives()


def lamp(style, phase, rear):
    height = style.between(4.5, 7.0)
    sketch = Sketch(style.count)
    sketch.box(0, 0.3, 0.14, 0.3, STEEL, radius=0.04)
    sketch.box(0, height / 2, 0.065, height / 2, STEEL, radius=0.03, taper=-0.3)
    sketch.limb((0, height - 0.03), (1.1, height + 0.12), 0.05, STEEL)
    sketch.box(1.2, height + 0.08, 0.32, 0.08, STEEL, radius=0.07)
    sketch.box(1.2, height + 0.02, 0.24, 0.05, np.float32([1.0, .88, .62]), radius=0.05, glow=1.6)
    return sketch.primitives()


def sign(style, phase, rear):
    height = style.between(2.1, 2.8)
    round_plate = style.between(0.05, 0.34)
    sketch = Sketch(style.count)
    sketch.box(0, height / 2, 0.045, height / 2, STEEL, radius=0.03)
    sketch.box(0, height, 0.36, 0.36, np.float32([.93, .93, .93]), radius=round_plate + 0.02)
    sketch.box(0, height, 0.32, 0.32, style.paint(0), radius=round_plate)
    sketch.box(0, height, 0.19, 0.06, np.float32([.95, .95, .95]), radius=0.02)
    return sketch.primitives()


def planter(style, phase, rear):
    half = style.between(0.8, 2.2)
    leaves = _green(style, 0)
    sketch = Sketch(style.count)
    for index in range(7):
        sketch.disc(half * (-0.84 + 0.28 * index), 0.62 + style.between(0.0, 0.22), 0.34 + style.between(0, 0.1),
                    np.clip(leaves * (0.85 + 0.07 * (index % 3)), 0, 1), shade=0.25)
    sketch.box(0, 0.31, half, 0.31, STONE * 0.9, radius=0.04, taper=0.02, shade=0.1)
    sketch.box(0, 0.60, half * 1.03, 0.05, STONE, radius=0.03)
    return sketch.primitives()


def column(style, phase, rear):
    height = style.between(2.6, 3.4)
    sketch = Sketch(style.count)
    sketch.box(0, height / 2, 0.62, height / 2, STONE * 0.7, radius=0.05)
    sketch.box(0, height * 0.52, 0.56, height * 0.36, style.paint(0), radius=0.02, shade=0.2)
    sketch.box(-0.1, height * 0.62, 0.30, height * 0.14, style.paint(1), radius=0.2)
    sketch.box(0, height * 0.32, 0.42, 0.06, np.float32([.94, .94, .92]), radius=0.02)
    sketch.box(0, height * 0.24, 0.34, 0.04, np.float32([.94, .94, .92]), radius=0.02)
    sketch.box(0, height, 0.72, 0.13, STONE * 0.6, radius=0.08)
    sketch.disc(0, height + 0.16, 0.20, STONE * 0.55)
    return sketch.primitives()
