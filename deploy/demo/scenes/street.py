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
"""What a street scene holds: the camera, the street's geometry, its light and everything in it.

World frame: X to the right of the camera, Z away from it along the ground, Y up; metres. The image
plane stays upright (as with a shift lens), so that upright things stay upright: a point (X, Y, Z) lies
at u = 0.5 + focal X / Z and v = horizon + focal (height - Y) / Z, both in frame widths.

A street is a straight band of ground. `across` is the signed distance from its near or left kerb and
`along` the distance on it: across = (X, Z) . across_axis - offset, along = (X, Z) . along_axis.
In a crossing view the street runs from side to side, in an avenue view away from the camera.
"""

from dataclasses import dataclass, field

import colorsys
import numpy as np

from scenes import fixtures, movers
from scenes.sketch import Style

LABELS = ("person", "bicycle", "car", "bus", "truck")
FIXTURES = ("tree", "lamp", "sign", "planter", "column")
LANE_WIDTH = 3.3
LONGEST = {"person": 0.8, "bicycle": 1.8, "car": 4.8, "bus": 12.0, "truck": 9.2}
TEXTURE = 96
BUILDINGS = 64


@dataclass(frozen=True)
class Domain:
    """Which scenes are drawn. Training never sees what the held-out domain is made of.

    camera_heights: bands in metres, one of which is picked. kept_hues: the band of hues (0..1) that
    paints in training leave out; half of the held-out paints lie in it.
    """

    name: str
    camera_heights: tuple
    kept_hues: tuple = (0.44, 0.56)
    held_out: bool = False


TRAINING = Domain("training", ((3.2, 5.6), (6.6, 9.0)))
HELD_OUT = Domain("held-out", ((5.6, 6.6),), held_out=True)


@dataclass
class Camera:
    focal: float
    height: float
    horizon: float


@dataclass
class Light:
    """day: 1 at noon, 0 at dusk; sun: how far the shadow of a metre reaches in X and Z."""

    day: float
    warmth: float
    sun: tuple
    shadow: float
    haze: float


@dataclass
class Street:
    across_axis: np.ndarray
    along_axis: np.ndarray
    offset: float
    lanes: int
    pavements: tuple
    zebra: float
    is_avenue: bool

    @property
    def width(self):
        return self.lanes * LANE_WIDTH

    def ground(self, across, along):
        """World (X, Z) of a point of the street."""
        (ax, az), (lx, lz) = self.across_axis, self.along_axis
        across = across + self.offset
        determinant = ax * lz - az * lx
        return (across * lz - az * along) / determinant, (ax * along - across * lx) / determinant


@dataclass
class Actor:
    """A thing at a place: a mover (kind is one of LABELS) or a fixture (kind is one of FIXTURES)."""

    kind: str
    view: str
    rear: bool
    facing: int
    across: float
    along: float
    across_speed: float
    along_speed: float
    phase: float
    phase_speed: float
    draws: np.ndarray
    paints: np.ndarray
    identity: int = 0

    def at(self, seconds):
        """(across, along, phase) at a time."""
        return (self.across + self.across_speed * seconds, self.along + self.along_speed * seconds,
                self.phase + self.phase_speed * seconds)


@dataclass
class Scene:
    camera: Camera
    light: Light
    street: Street
    actors: list
    palette: np.ndarray
    buildings: np.ndarray
    texture: np.ndarray = field(repr=False)


def paint(random, domain, neutral=0.4):
    if random.random() < neutral:
        grey = random.choice([0.93, 0.78, 0.55, 0.36, 0.20]) + random.uniform(-0.04, 0.04)
        return np.clip(grey + random.uniform(-0.02, 0.02, 3), 0, 1)
    low, high = domain.kept_hues
    if domain.held_out and random.random() < 0.5:
        hue = random.uniform(low, high)
    else:
        hue = (high + random.uniform(0, 1 - (high - low))) % 1.0
    return np.array(colorsys.hsv_to_rgb(hue, random.uniform(0.35, 0.88), random.uniform(0.40, 0.95)))


def _camera(random, domain, aspect):
    low, high = domain.camera_heights[random.integers(len(domain.camera_heights))]
    return Camera(random.uniform(0.75, 1.15), random.uniform(low, high), random.uniform(0.10, 0.34) / aspect)


def _light(random):
    day = float(np.clip(random.uniform(-0.25, 1.3), 0, 1))
    direction, reach = random.uniform(-1, 1), random.choice([-1, 1]) * random.uniform(0.25, 0.8)
    return Light(day, random.uniform(-1, 1), (1.3 * direction, reach), (0.12 + 0.36 * day) * random.uniform(0.5, 1),
                 random.uniform(0.000, 0.006))


def _street(random, camera, aspect, avenue):
    lanes = int(random.integers(2, 5))
    nearest = camera.focal * camera.height / (1 / aspect - camera.horizon)
    if avenue:
        offset = -random.uniform(-1.0, lanes * LANE_WIDTH + 1.0)
        axis, along = (1.0, -random.uniform(-0.12, 0.12)), (0.0, 1.0)
        pavements = tuple(random.uniform(2.5, 5.0, 2))
        zebra = nearest * random.uniform(1.3, 3) if random.random() < 0.4 else -1000.0
    else:
        pavements = (random.uniform(2.5, 6.0), random.uniform(2.5, 6.0))
        offset = nearest + random.uniform(0.4, 1.0) * pavements[0]
        axis, along = (-random.uniform(-0.30, 0.30), 1.0), (1.0, 0.0)
        zebra = random.uniform(-8, 6) if random.random() < 0.4 else -1000.0
    return Street(np.array(axis), np.array(along), offset, lanes, pavements, zebra, avenue)


def visible_along(camera, street):
    """The stretch of the street that the camera may see, as (low, high) in metres."""
    if street.is_avenue:
        return 3.0, 55.0
    farthest = street.offset + street.width + street.pavements[1]
    half = 0.62 * farthest / camera.focal
    return -half * 1.25, half * 1.25


class _Population:
    """Fills a street with actors for a span of time."""

    def __init__(self, random, domain, camera, street, seconds, density):
        self._random, self._domain, self._street = random, domain, street
        self._low, self._high = visible_along(camera, street)
        self._seconds = seconds
        self._density = density
        self.actors = []

    def add(self, kind, across, along, across_speed=0.0, along_speed=0.0):
        random = self._random
        moves_across = abs(across_speed) > abs(along_speed)
        view = "end" if self._street.is_avenue != moves_across else "side"
        speed = across_speed if moves_across else along_speed
        pace = {"person": 4.2, "bicycle": 1.3}.get(kind, 0.0) * abs(speed)
        neutral = 0.45 if kind in ("car", "truck", "bus") else 0.3
        self.actors.append(Actor(
            kind, view, bool(speed > 0), 1 if speed >= 0 else -1, across, along, across_speed, along_speed,
            random.uniform(0, 2 * np.pi), pace, random.random(Style.DRAWS),
            np.stack([paint(random, self._domain, neutral) for _ in range(Style.PAINTS)]), len(self.actors) + 1))

    def _places(self, speed, gap, lengths):
        """Places of a column of things that share a speed, so that none drives into another."""
        low = self._low - max(speed, 0) * self._seconds
        high = self._high + max(-speed, 0) * self._seconds
        position = low + self._random.uniform(0, gap)
        while position < high:
            kind, length = lengths()
            yield kind, position + length / 2
            position += length + 1.2 + self._random.exponential(gap)

    def traffic(self):
        random, street = self._random, self._street
        for lane in range(street.lanes):
            ahead = lane < street.lanes / 2 if not street.is_avenue else lane >= street.lanes / 2
            speed = (1 if ahead else -1) * random.uniform(4.0, 9.0)
            gap = random.uniform(6, 26) / self._density

            def vehicle():
                kind = str(random.choice(["car", "bus", "truck"], p=[0.55, 0.2, 0.25]))
                return kind, LONGEST[kind]

            for kind, along in self._places(speed, gap, vehicle):
                self.add(kind, LANE_WIDTH * (lane + 0.5) + random.uniform(-0.3, 0.3), along, along_speed=speed)

    def cyclists(self):
        random, street = self._random, self._street
        for side in (0, 1):
            ahead = (side == 1) == street.is_avenue
            speed = (1 if ahead else -1) * random.uniform(3.0, 5.0)
            across = 0.6 if side == 0 else street.width - 0.6
            gap = random.uniform(7, 40) / self._density
            for kind, along in self._places(speed, gap, lambda: ("bicycle", 1.8)):
                self.add(kind, across + random.uniform(-0.25, 0.25), along, along_speed=speed)

    def walkers(self):
        random, street = self._random, self._street
        spans = ((-street.pavements[0] + 0.4, -0.6), (street.width + 0.6, street.width + street.pavements[1] - 0.4))
        for low, high in spans:
            for _ in range(int(random.integers(1, 3))):
                speed = random.choice([-1, 1]) * random.uniform(0.9, 1.6)
                gap = random.uniform(4, 24) / self._density
                for kind, along in self._places(speed, gap, lambda: ("person", 0.8)):
                    self.add(kind, random.uniform(low, high), along, along_speed=speed)

    def crossers(self):
        """People who cross the street, some of them on the zebra."""
        random, street = self._random, self._street
        for _ in range(random.poisson(1.2 * self._density)):
            along = (street.zebra + random.uniform(0.3, 2.7) if street.zebra > -999
                     else random.uniform(self._low, 0.5 * (self._low + self._high)))
            speed = random.choice([-1, 1]) * random.uniform(0.9, 1.6)
            self.add("person", random.uniform(0.2, street.width), along, across_speed=speed)

    def furniture(self):
        random, street = self._random, self._street
        for kerb, share in ((-0.7, 0.6), (street.width + 0.7, 1.0)):
            along = self._low + random.uniform(0, 12)
            while along < self._high:
                kind = str(random.choice(FIXTURES, p=[0.3, 0.25, 0.2, 0.15, 0.1]))
                if random.random() < share:
                    self.add(kind, kerb, along)
                along += random.uniform(5, 22)


def sample_scene(random, domain, aspect=16 / 9, seconds=0.0, avenue=None, crossers=True, day=None):
    """Draws a scene whose street is populated from second 0 to the given one.

    random: a numpy Generator, the only source of chance. aspect: width through height of the frame.
    """
    camera, light = _camera(random, domain, aspect), _light(random)
    if day is not None:
        light.shadow *= (0.12 + 0.36 * day) / (0.12 + 0.36 * light.day)
        light.day = day
    street = _street(random, camera, aspect, random.random() < 0.4 if avenue is None else avenue)
    population = _Population(random, domain, camera, street, seconds, random.uniform(0.5, 1.6))
    population.traffic()
    population.cyclists()
    population.walkers()
    if crossers:
        population.crossers()
    population.furniture()
    buildings = np.stack([paint(random, domain, 0.5) * 0.35 + 0.42 for _ in range(BUILDINGS)])
    buildings = np.concatenate([buildings, random.random((BUILDINGS, 5))], 1)
    palette = np.stack([np.full(3, random.uniform(0.24, 0.42)), np.full(3, random.uniform(0.5, 0.68))])
    palette = palette * (1 + random.uniform(-0.05, 0.05, (2, 3)))
    return Scene(camera, light, street, population.actors, palette, buildings, random.integers(0, 256, (3, TEXTURE, TEXTURE), np.uint8))


def builder(kind, view):
    if kind in FIXTURES:
        return getattr(fixtures, kind)
    return getattr(movers, f"{kind}_{view}")
