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
"""The moving things of a street as primitives: people, bicycles, cars, buses and trucks.

A builder takes the styles [n], the phases [n] of the gait or the pedals in radians, and whether lamps
are the red ones of the back; it returns [n, PRIMITIVES, FIELDS]. `side` shows a thing from its right
side, moving to the right; `end` from the front or the back.
"""

import numpy as np

from scenes.sketch import Sketch

SKINS = np.array([[.94, .78, .67], [.80, .60, .46], [.62, .43, .31], [.38, .26, .19]], np.float32)
HAIRS = np.array([[.12, .09, .08], [.32, .20, .12], [.62, .47, .28], [.55, .54, .53]], np.float32)
GLASS = np.array([.25, .33, .40], np.float32)
RUBBER = np.array([.09, .09, .10], np.float32)
METAL = np.array([.62, .64, .67], np.float32)
DARK = np.array([.16, .16, .18], np.float32)
WARM_LAMP = np.array([1.0, .95, .80], np.float32)
RED_LAMP = np.array([.85, .10, .08], np.float32)
AMBER = np.array([.95, .60, .12], np.float32)


def _tint(colour, factor):
    return np.clip(colour * np.asarray(factor).reshape(-1, 1), 0, 1)


def _choose(palette, draw):
    return palette[np.minimum((draw * len(palette)).astype(int), len(palette) - 1)]


def _lamp(rear):
    return np.where(np.asarray(rear)[:, None], RED_LAMP, WARM_LAMP)


def _wheel(sketch, x, radius):
    sketch.disc(x, radius, radius, RUBBER)
    sketch.disc(x, radius, radius * 0.62, METAL, shade=0.25)
    sketch.disc(x, radius, radius * 0.22, DARK)


def _leg(hip, swing, length, knee_bend):
    """Knee and foot of a leg that swings by an angle from the vertical."""
    half = length / 2
    knee = (hip[0] + half * np.sin(swing), hip[1] - half * np.cos(swing))
    lower = swing - knee_bend
    return knee, (knee[0] + half * np.sin(lower), knee[1] - half * np.cos(lower))


def _head(sketch, x, y, size, skin, hair, helmet):
    sketch.disc(x, y + 0.02 * size, 0.125 * size, hair)
    sketch.disc(x + 0.02 * size, y - 0.015 * size, 0.105 * size, skin, shade=0.06)
    sketch.box(x - 0.005 * size, y + 0.075 * size, 0.12 * size, 0.055 * size,
               np.where(helmet[:, None], np.float32([.85, .85, .88]), hair), radius=0.055)


def person_side(style, phase, rear):
    size = style.between(0.88, 1.08)
    stout = style.between(0.85, 1.25)
    skin, hair = _choose(SKINS, style.between(0, 1)), _choose(HAIRS, style.between(0, 1))
    coat, trousers, bag = style.paint(0), _tint(style.paint(1), 0.6), style.paint(2)
    stride = 0.42 * np.sin(phase)
    has_bag, has_skirt, has_cap = style.chance(0.45), style.chance(0.25), style.chance(0.15)
    sketch = Sketch(style.count)
    hip, shoulder = (0.0 * size, 0.92 * size), (0.02 * size, 1.42 * size)
    for swing, light in ((-stride, 0.72), (stride, 1.0)):
        knee, foot = _leg(hip, swing, 0.84 * size, 0.35 * np.clip(-swing, 0, 1) + 0.1)
        sketch.limb(hip, knee, 0.085 * size * stout, _tint(trousers, light))
        sketch.limb(knee, foot, 0.062 * size * stout, _tint(trousers, light))
        sketch.limb((foot[0] - 0.02, foot[1]), (foot[0] + 0.13 * size, foot[1] - 0.015), 0.05 * size, DARK)
        if light < 1:
            _arm(sketch, shoulder, stride, size, _tint(coat, 0.75), skin)
    sketch.box(-0.17 * size, 1.22 * size, 0.10 * size, 0.19 * size, bag, radius=0.08,
               opacity=has_bag.astype(np.float32))
    sketch.box(0, 0.78 * size, 0.17 * size * stout, 0.22 * size, coat, radius=0.05, taper=-0.35,
               opacity=has_skirt.astype(np.float32))
    sketch.box(0.0, 1.18 * size, 0.145 * size * stout, 0.32 * size, coat, radius=0.12, taper=0.06, shade=0.16)
    _arm(sketch, shoulder, -stride, size, _tint(coat, 1.12), skin)
    sketch.limb((0.02 * size, 1.45 * size), (0.03 * size, 1.55 * size), 0.05 * size, _tint(skin, 0.9))
    _head(sketch, 0.03 * size, 1.64 * size, size, skin, hair, has_cap)
    return sketch.primitives()


def _arm(sketch, shoulder, swing, size, sleeve, skin):
    elbow = (shoulder[0] + 0.27 * size * np.sin(swing), shoulder[1] - 0.27 * size * np.cos(swing))
    hand = (elbow[0] + 0.25 * size * np.sin(swing + 0.35), elbow[1] - 0.25 * size * np.cos(swing + 0.35))
    sketch.limb(shoulder, elbow, 0.058 * size, sleeve)
    sketch.limb(elbow, hand, 0.048 * size, sleeve)
    sketch.disc(*hand, 0.05 * size, skin)


def person_end(style, phase, rear):
    size = style.between(0.88, 1.08)
    stout = style.between(0.85, 1.25)
    skin, hair = _choose(SKINS, style.between(0, 1)), _choose(HAIRS, style.between(0, 1))
    coat, trousers, bag = style.paint(0), _tint(style.paint(1), 0.6), style.paint(2)
    lift = 0.06 * np.sin(phase)
    has_bag, has_skirt, has_cap = style.chance(0.45), style.chance(0.25), style.chance(0.15)
    sketch = Sketch(style.count)
    for side, raised in ((-1, np.clip(lift, 0, 1)), (1, np.clip(-lift, 0, 1))):
        x = side * 0.095 * size * stout
        sketch.limb((x, 0.92 * size), (x * 1.05, 0.08 * size + raised), 0.082 * size * stout, _tint(trousers, 1 - raised))
        sketch.limb((x * 1.1, 0.05 * size + raised), (x * 1.4, 0.045 * size + raised), 0.05 * size, DARK)
        hand = (side * (0.30 * size * stout), 0.84 * size - side * lift)
        sketch.limb((side * 0.22 * size * stout, 1.40 * size), hand, 0.058 * size, _tint(coat, 0.85))
        sketch.disc(hand[0], hand[1] - 0.05 * size, 0.05 * size, skin)
    sketch.box(0, 0.78 * size, 0.21 * size * stout, 0.22 * size, coat, radius=0.05, taper=-0.3,
               opacity=has_skirt.astype(np.float32))
    sketch.box(0, 1.19 * size, 0.215 * size * stout, 0.32 * size, coat, radius=0.12, taper=0.12, shade=0.16)
    sketch.box(0, 1.22 * size, 0.15 * size, 0.20 * size, bag, radius=0.08,
               opacity=(has_bag & rear).astype(np.float32))
    sketch.limb((0, 1.45 * size), (0, 1.55 * size), 0.05 * size, _tint(skin, 0.9))
    sketch.disc(0, 1.655 * size, 0.125 * size, hair)
    sketch.disc(0, 1.625 * size, 0.105 * size, np.where(rear[:, None], hair, skin), shade=0.06)
    sketch.box(0, 1.715 * size, 0.12 * size, 0.05 * size,
               np.where(has_cap[:, None], bag, hair), radius=0.05)
    return sketch.primitives()


def bicycle_side(style, phase, rear):
    size = style.between(0.92, 1.08)
    skin, hair = _choose(SKINS, style.between(0, 1)), _choose(HAIRS, style.between(0, 1))
    coat, trousers, frame = style.paint(0), _tint(style.paint(1), 0.6), style.paint(2)
    helmet, basket = style.chance(0.6), style.chance(0.3)
    sketch = Sketch(style.count)
    pedal, seat, bars = (-0.06, 0.34), (-0.22, 0.93), (0.44, 1.02)
    hip, shoulder = (-0.20, 1.02 * size), (0.12, 1.50 * size)
    for turn, light in ((phase + np.pi, 0.72), (phase, 1.0)):
        if light == 1:
            _bicycle_frame(sketch, pedal, seat, bars, frame, basket)
        foot = (pedal[0] + 0.17 * np.cos(turn), pedal[1] - 0.17 * np.sin(turn))
        knee = (0.5 * (hip[0] + foot[0]) + 0.24, 0.5 * (hip[1] + foot[1]) + 0.10)
        sketch.limb(hip, knee, 0.088 * size, _tint(trousers, light))
        sketch.limb(knee, foot, 0.066 * size, _tint(trousers, light))
        sketch.limb((foot[0] - 0.05, foot[1] - 0.03), (foot[0] + 0.11, foot[1] - 0.03), 0.045, DARK)
    sketch.limb((hip[0], hip[1] + 0.04), shoulder, 0.15 * size, coat, shade=0.12)
    sketch.limb(shoulder, (0.30, 1.20 * size), 0.058 * size, _tint(coat, 1.12))
    sketch.limb((0.30, 1.20 * size), (bars[0], bars[1] + 0.03), 0.05 * size, _tint(coat, 1.12))
    sketch.disc(bars[0], bars[1] + 0.03, 0.05, skin)
    _head(sketch, 0.20, 1.74 * size, size, skin, hair, helmet)
    return sketch.primitives()


def _bicycle_frame(sketch, pedal, seat, bars, colour, basket):
    for x in (-0.54, 0.54):
        sketch.disc(x, 0.34, 0.315, RUBBER, ring=0.028)
        sketch.disc(x, 0.34, 0.06, METAL)
    fork = (0.36, 0.88)
    for start, end in (((-0.54, 0.34), pedal), (pedal, seat), (pedal, fork), ((-0.18, 0.80), fork), ((0.54, 0.34), bars)):
        sketch.limb(start, end, 0.026, colour)
    sketch.limb((seat[0] - 0.1, seat[1] + 0.02), (seat[0] + 0.1, seat[1] + 0.02), 0.035, DARK)
    sketch.disc(0.52, 0.86, 0.045, WARM_LAMP, glow=0.8)
    sketch.box(-0.52, 0.76, 0.20, 0.10, _tint(colour, 0.5), radius=0.03, opacity=basket.astype(np.float32))


def bicycle_end(style, phase, rear):
    size = style.between(0.92, 1.08)
    skin, hair = _choose(SKINS, style.between(0, 1)), _choose(HAIRS, style.between(0, 1))
    coat, trousers, frame = style.paint(0), _tint(style.paint(1), 0.6), style.paint(2)
    helmet = style.chance(0.6)
    sketch = Sketch(style.count)
    sketch.limb((0, 0.06), (0, 0.66), 0.045, RUBBER)
    sketch.limb((0, 0.66), (0, 1.0), 0.03, frame)
    sketch.limb((-0.29, 1.03), (0.29, 1.03), 0.025, DARK)
    for side in (-1, 1):
        height = 0.34 + side * 0.16 * np.sin(phase)
        knee = (side * 0.17, 0.66 + 0.55 * (height - 0.34))
        sketch.limb((side * 0.10, 1.0), knee, 0.085 * size, trousers)
        sketch.limb(knee, (side * 0.12, height), 0.066 * size, _tint(trousers, 0.9))
        sketch.limb((side * 0.12, height - 0.03), (side * 0.14, height - 0.035), 0.05, DARK)
        sketch.limb((side * 0.20, 1.46 * size), (side * 0.29, 1.08), 0.056 * size, _tint(coat, 0.85))
        sketch.disc(side * 0.28, 1.06, 0.05, skin)
    sketch.box(0, 1.26 * size, 0.20 * size, 0.28 * size, coat, radius=0.12, taper=0.1, shade=0.16)
    sketch.disc(0, 0.84, 0.05, _lamp(rear), glow=0.8)
    sketch.disc(0, 1.70 * size, 0.125 * size, hair)
    sketch.disc(0, 1.67 * size, 0.105 * size, np.where(rear[:, None], hair, skin))
    sketch.box(0, 1.75 * size, 0.125 * size, 0.06 * size,
               np.where(helmet[:, None], style.paint(3), hair), radius=0.06)
    return sketch.primitives()


def car_side(style, phase, rear):
    half = style.between(1.9, 2.4)
    belt = style.between(0.86, 1.0)
    roof = belt + style.between(0.46, 0.62)
    back = style.between(-0.32, -0.12) * half
    cabin = style.between(0.42, 0.60) * half
    colour = style.paint(0)
    sketch = Sketch(style.count)
    middle = (0.26 + belt) / 2
    sketch.box(back, (belt + roof) / 2 - 0.02, cabin, (roof - belt) / 2 + 0.04, _tint(colour, 0.92), radius=0.14,
               taper=style.between(-0.28, -0.12), skew=style.between(-0.25, 0.05), shade=0.15)
    sketch.box(0, middle, half, (belt - 0.26) / 2, colour, radius=0.2, shade=0.20)
    sketch.box(0, 0.36, half * 0.97, 0.10, _tint(colour, 0.55), radius=0.08)
    for side, width in ((-1, 0.44), (1, 0.44)):
        sketch.box(back + side * 0.47 * cabin, (belt + roof) / 2, cabin * width, (roof - belt) / 2 - 0.05, GLASS,
                   radius=0.06, taper=-0.22, skew=-side * 0.25, shade=0.55)
    sketch.box(back, middle + 0.05, 0.012, (belt - 0.36) / 2, _tint(colour, 0.6))
    for side in (-1, 1):
        sketch.box(back + side * 0.35 * cabin - 0.2, belt - 0.14, 0.09, 0.022, _tint(colour, 0.5), radius=0.02)
        sketch.disc(side * 0.62 * half, 0.36, 0.40, DARK)
        _wheel(sketch, side * 0.62 * half, 0.33)
    sketch.box(half - 0.10, belt - 0.20, 0.11, 0.075, WARM_LAMP, radius=0.06, glow=1.0)
    sketch.box(-half + 0.08, belt - 0.18, 0.08, 0.09, RED_LAMP, radius=0.04, glow=0.7)
    return sketch.primitives()


def car_end(style, phase, rear):
    half = style.between(0.84, 0.98)
    belt = style.between(0.86, 1.0)
    roof = belt + style.between(0.46, 0.62)
    colour = style.paint(0)
    sketch = Sketch(style.count)
    for side in (-1, 1):
        sketch.box(side * (half - 0.14), 0.24, 0.13, 0.24, RUBBER, radius=0.06)
    sketch.box(0, (belt + roof) / 2 - 0.02, half * 0.86, (roof - belt) / 2 + 0.05, _tint(colour, 0.92), radius=0.16,
               taper=-0.14, shade=0.15)
    sketch.box(0, (belt + roof) / 2 - 0.01, half * 0.76, (roof - belt) / 2 - 0.04, GLASS, radius=0.08, taper=-0.12, shade=0.6)
    sketch.box(0, (0.24 + belt) / 2, half, (belt - 0.24) / 2, colour, radius=0.16, shade=0.22)
    sketch.box(0, 0.34, half * 0.96, 0.10, _tint(colour, 0.5), radius=0.08)
    sketch.box(0, belt - 0.24, half * 0.42, 0.07, np.where(rear[:, None], _tint(colour, 0.75), DARK), radius=0.05)
    sketch.box(0, 0.44, 0.26, 0.06, np.float32([.92, .92, .86]), radius=0.02)
    for side in (-1, 1):
        sketch.box(side * (half - 0.2), belt - 0.22, 0.15, 0.085, _lamp(rear), radius=0.07, glow=1.0)
        sketch.box(side * (half + 0.04), belt + 0.06, 0.09, 0.06, _tint(colour, 0.8), radius=0.05)
    return sketch.primitives()


def bus_side(style, phase, rear):
    half = style.between(4.9, 6.0)
    height = style.between(2.85, 3.2)
    colour, stripe = style.paint(0), style.paint(1)
    sketch = Sketch(style.count)
    middle = (0.32 + height) / 2
    sketch.box(-half * 0.2, height + 0.06, half * 0.35, 0.12, _tint(colour, 0.8), radius=0.06)
    sketch.box(0, middle, half, (height - 0.32) / 2, colour, radius=0.22, shade=0.14)
    sketch.box(0, 0.62, half * 0.995, 0.28, stripe, radius=0.08, shade=0.1)
    sketch.box(0, height * 0.66, half * 0.965, 0.46, DARK, radius=0.1)
    for index in range(6):
        sketch.box(half * (-0.80 + 0.29 * index), height * 0.66, half * 0.128, 0.40, GLASS, radius=0.05, shade=0.5, glow=0.25)
    sketch.box(half - 0.32, height * 0.56, 0.28, height * 0.26, GLASS, radius=0.08, shade=0.4)
    for x in (0.80, 0.05):
        sketch.box(half * x - 0.25, height * 0.46, 0.42, height * 0.33, _tint(GLASS, 0.85), radius=0.05, shade=0.4)
        sketch.box(half * x - 0.25, height * 0.46, 0.02, height * 0.33, DARK)
    for x in (-0.58, 0.55):
        sketch.disc(half * x, 0.50, 0.56, DARK)
        _wheel(sketch, half * x, 0.48)
    sketch.box(half - 0.10, 0.72, 0.11, 0.10, WARM_LAMP, radius=0.06, glow=1.0)
    sketch.box(-half + 0.07, 0.85, 0.07, 0.18, RED_LAMP, radius=0.04, glow=0.7)
    sketch.box(half * 0.52, height - 0.17, half * 0.18, 0.11, AMBER, radius=0.03, glow=0.5)
    return sketch.primitives()


def bus_end(style, phase, rear):
    half = style.between(1.22, 1.30)
    height = style.between(2.85, 3.2)
    colour, stripe = style.paint(0), style.paint(1)
    sketch = Sketch(style.count)
    for side in (-1, 1):
        sketch.box(side * (half - 0.24), 0.34, 0.19, 0.34, RUBBER, radius=0.06)
        sketch.box(side * (half + 0.13), height * 0.70, 0.09, 0.22, DARK, radius=0.06)
    sketch.box(0, (0.3 + height) / 2, half, (height - 0.3) / 2, colour, radius=0.22, shade=0.14)
    sketch.box(0, 0.62, half * 0.99, 0.28, stripe, radius=0.1)
    sketch.box(0, height * 0.62, half * 0.91, height * np.where(rear, 0.16, 0.25), GLASS, radius=0.12, shade=0.55, glow=0.15)
    sketch.box(0, height - 0.22, half * 0.66, 0.13, AMBER, radius=0.04, glow=0.5)
    sketch.box(0, 0.50, 0.28, 0.07, np.float32([.92, .92, .86]), radius=0.02)
    sketch.box(0, height * 0.58, 0.02, height * 0.20, DARK, opacity=(~rear).astype(np.float32))
    for side in (-1, 1):
        sketch.box(side * (half - 0.26), 0.74, 0.17, 0.10, _lamp(rear), radius=0.08, glow=1.0)
    return sketch.primitives()


def truck_side(style, phase, rear):
    half = style.between(3.3, 4.6)
    height = style.between(2.9, 3.6)
    cab_height = style.between(2.3, 2.7)
    cab = style.between(0.85, 1.05)
    cargo_colour, cab_colour, stripe = _tint(0.35 + 0.65 * style.paint(0), 1.0), style.paint(1), style.paint(2)
    sketch = Sketch(style.count)
    sketch.box(0, 0.62, half * 0.98, 0.14, DARK, radius=0.04)
    split = half - 2 * cab - 0.12
    middle, reach = (split - half) / 2, (split + half) / 2
    sketch.box(middle, (0.78 + height) / 2, reach, (height - 0.78) / 2, cargo_colour, radius=0.06, shade=0.10)
    sketch.box(middle, height * 0.62, reach * 0.97, 0.26, stripe, radius=0.03)
    for share in (-0.6, -0.2, 0.2, 0.6):
        sketch.box(middle + share * reach, (0.78 + height) / 2, 0.015, (height - 0.9) / 2, _tint(cargo_colour, 0.82))
    sketch.box(half - cab, (0.5 + cab_height) / 2, cab, (cab_height - 0.5) / 2, cab_colour, radius=0.2, skew=-0.06, shade=0.18)
    sketch.box(half - cab * 0.72, cab_height * 0.70, cab * 0.52, cab_height * 0.14, GLASS, radius=0.06, skew=-0.12, shade=0.55)
    sketch.box(half - cab * 1.15, cab_height * 0.45, 0.014, cab_height * 0.22, _tint(cab_colour, 0.6))
    sketch.box(half - cab * 0.98, cab_height * 0.50, 0.10, 0.025, DARK)
    sketch.box(half - 0.10, 0.58, 0.14, 0.12, _tint(cab_colour, 0.5), radius=0.04)
    for x in (-0.78, -0.52, 0.72):
        _wheel(sketch, half * x, 0.48)
    sketch.box(half - 0.08, 0.80, 0.10, 0.10, WARM_LAMP, radius=0.06, glow=1.0)
    sketch.box(-half + 0.06, 0.66, 0.06, 0.12, RED_LAMP, radius=0.03, glow=0.7)
    return sketch.primitives()


def truck_end(style, phase, rear):
    half = style.between(1.18, 1.28)
    height = style.between(2.9, 3.6)
    cab_height = style.between(2.3, 2.7)
    cargo_colour, cab_colour, stripe = _tint(0.35 + 0.65 * style.paint(0), 1.0), style.paint(1), style.paint(2)
    front = (~rear).astype(np.float32)
    sketch = Sketch(style.count)
    for side in (-1, 1):
        sketch.box(side * (half - 0.26), 0.42, 0.21, 0.42, RUBBER, radius=0.06)
    sketch.box(0, (0.78 + height) / 2, half, (height - 0.78) / 2, cargo_colour, radius=0.06, shade=0.10)
    sketch.box(0, 0.66, half * 0.94, 0.16, DARK, radius=0.05)
    sketch.box(0, (0.82 + height) / 2, 0.018, (height - 0.95) / 2, _tint(cargo_colour, 0.75), opacity=1 - front)
    sketch.box(0, height * 0.62, half * 0.94, 0.2, stripe, radius=0.03, opacity=1 - front)
    sketch.box(0, (0.42 + cab_height) / 2, half * 0.95, (cab_height - 0.42) / 2, cab_colour, radius=0.18, shade=0.18,
               taper=-0.03, opacity=front)
    sketch.box(0, cab_height * 0.72, half * 0.84, cab_height * 0.14, GLASS, radius=0.1, shade=0.6, opacity=front)
    sketch.box(0, cab_height * 0.44, half * 0.60, cab_height * 0.09, DARK, radius=0.06, opacity=front)
    for side in (-1, 1):
        sketch.box(side * (half + 0.10), cab_height * 0.74, 0.08, 0.20, DARK, radius=0.05, opacity=front)
        sketch.box(side * (half - 0.26), 0.64, 0.16, 0.09, _lamp(rear), radius=0.06, glow=1.0)
    sketch.box(0, 0.52, 0.26, 0.06, np.float32([.92, .92, .86]), radius=0.02)
    return sketch.primitives()
