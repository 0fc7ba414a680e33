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
"""Draws things as lists of primitives.

A primitive is a rounded box, optionally tapered (a trapezoid), skewed, rotated or hollow; circles,
capsules and rings are special cases of it. A thing is at most PRIMITIVES of them, painted in order.

Lengths are metres in the thing's own frame: x to the right, which is forward in a side view, and y
up from the ground. Everything here is NumPy and works on n things of a kind at once, so that a scene
is the same on every machine.
"""

import numpy as np

PRIMITIVES = 30

# Columns of a primitive.
CENTRE_X, CENTRE_Y, HALF_WIDTH, HALF_HEIGHT, RADIUS, COSINE, SINE, TAPER, SKEW, RING = range(10)
RED, GREEN, BLUE, SHADE, GLOW, OPACITY = range(10, 16)
FIELDS = 16


class Style:
    """The random numbers that tell one thing of a kind from another, drawn once in its life."""

    DRAWS = 32
    PAINTS = 4

    def __init__(self, draws, paints):
        """draws: [n, DRAWS] uniform in 0..1; paints: [n, PAINTS, 3] colours in 0..1."""
        self.draws = draws
        self.paints = paints
        self.count = len(draws)
        self._next = 0

    def between(self, low, high):
        """The next number of each thing, uniform in low..high; a column [n]."""
        column = self.draws[:, self._next]
        self._next += 1
        return low + (high - low) * column

    def chance(self, probability):
        """True for about that share of the things; a column [n]."""
        return self.between(0.0, 1.0) < probability

    def paint(self, index):
        return self.paints[:, index]


class Sketch:
    """Collects the primitives of n things of one kind, the farthest back first."""

    def __init__(self, count):
        self._count = count
        self._layers = []

    def box(self, x, y, half_width, half_height, colour, radius=0.0, angle=0.0, taper=0.0, skew=0.0,
            ring=0.0, shade=0.0, glow=0.0, opacity=1.0):
        """Adds one primitive.

        taper: by how much the top is wider (positive) or narrower than the middle, as a share.
        skew: shift to the right per metre up. ring: half the line width of a hollow shape, 0 if
        filled. shade: how much lighter the top is than the middle. glow: light that it sends out.
        """
        layer = np.zeros((self._count, FIELDS), np.float32)
        layer[:, CENTRE_X], layer[:, CENTRE_Y] = x, y
        layer[:, HALF_WIDTH], layer[:, HALF_HEIGHT] = half_width, half_height
        layer[:, RADIUS] = np.minimum(radius, np.minimum(half_width, half_height))
        layer[:, COSINE], layer[:, SINE] = np.cos(angle), np.sin(angle)
        layer[:, TAPER], layer[:, SKEW], layer[:, RING] = taper, skew, ring
        layer[:, RED:BLUE + 1] = colour
        layer[:, SHADE], layer[:, GLOW], layer[:, OPACITY] = shade, glow, opacity
        self._layers.append(layer)

    def disc(self, x, y, radius, colour, **options):
        self.box(x, y, radius, radius, colour, radius=radius, **options)

    def limb(self, start, end, thickness, colour, **options):
        """A capsule from one point to another."""
        (x0, y0), (x1, y1) = start, end
        length = np.hypot(x1 - x0, y1 - y0)
        self.box((x0 + x1) / 2, (y0 + y1) / 2, length / 2 + thickness, thickness, colour,
                 radius=thickness, angle=np.arctan2(y1 - y0, x1 - x0), **options)

    def primitives(self):
        """[n, PRIMITIVES, FIELDS]; unused ones have opacity 0."""
        if len(self._layers) > PRIMITIVES:
            raise ValueError(f"{len(self._layers)} primitives, at most {PRIMITIVES} are drawn")
        result = np.zeros((self._count, PRIMITIVES, FIELDS), np.float32)
        result[:, :, HALF_WIDTH:HALF_HEIGHT + 1] = 0.01
        result[:, :, COSINE] = 1
        for index, layer in enumerate(self._layers):
            result[:, index] = layer
        return result


def extent(primitives):
    """The tight box of each thing: [n, P, FIELDS] to [n, 4] as left, bottom, right, top in metres."""
    inner_width = primitives[..., HALF_WIDTH] - primitives[..., RADIUS]
    inner_height = primitives[..., HALF_HEIGHT] - primitives[..., RADIUS]
    reach = primitives[..., RADIUS] + primitives[..., RING]
    xs, ys = [], []
    for side in (-1, 1):
        for end in (-1, 1):
            y = end * inner_height
            widening = 1 + primitives[..., TAPER] * y / primitives[..., HALF_HEIGHT]
            x = side * inner_width * widening + primitives[..., SKEW] * y
            xs.append(primitives[..., COSINE] * x - primitives[..., SINE] * y)
            ys.append(primitives[..., SINE] * x + primitives[..., COSINE] * y)
    xs, ys = np.stack(xs), np.stack(ys)
    drawn = primitives[..., OPACITY] > 0.5

    def bound(values, centre, sign):
        outermost = sign * values.max(0) if sign > 0 else values.min(0)
        edge = np.where(drawn, centre + outermost + sign * reach, -sign * np.inf)
        return edge.max(-1) if sign > 0 else edge.min(-1)

    x, y = primitives[..., CENTRE_X], primitives[..., CENTRE_Y]
    return np.stack([bound(xs, x, -1), bound(ys, y, -1), bound(xs, x, 1), bound(ys, y, 1)], -1)
