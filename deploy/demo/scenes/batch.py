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
"""Turns scenes into tables of numbers that the renderer can work on in one go."""

from dataclasses import dataclass

import numpy as np
import torch

from scenes.sketch import COSINE, FIELDS, HALF_HEIGHT, HALF_WIDTH, PRIMITIVES, Style, extent
from scenes.street import LABELS, builder

FIXTURE = -1
NOTHING = -2


@dataclass
class SceneBatch:
    """B scenes with at most K things each, the nearest first; unused places have label NOTHING.

    primitives [B, K, P, FIELDS]; label [B, K]; identity [B, K]; place [B, K, 3] as X, Z, facing;
    extent [B, K, 4] as left, bottom, right, top in metres in the thing's own frame;
    camera [B, 3] as focal, height, horizon; light [B, 6] as day, warmth, sun X, sun Z, shadow, haze;
    street [B, 11] as across axis, along axis, offset, width, lanes, pavements, zebra, avenue;
    palette [B, 2, 3]; buildings [B, 64, 8]; texture [B, 3, T, T] in 0..255.
    """

    primitives: torch.Tensor
    label: torch.Tensor
    identity: torch.Tensor
    place: torch.Tensor
    extent: torch.Tensor
    camera: torch.Tensor
    light: torch.Tensor
    street: torch.Tensor
    palette: torch.Tensor
    buildings: torch.Tensor
    texture: torch.Tensor

    @staticmethod
    def of(tables, device="cpu"):
        """From what `tables` returned, which travels between processes as plain arrays."""
        return SceneBatch(**{name: torch.from_numpy(table).to(device) for name, table in tables.items()})

    def __len__(self):
        return len(self.label)


def _in_view(camera, x, z, kind):
    """Whether a thing may be seen at all; shadows reach in from a little outside."""
    if z < 3.0 or z > 70.0:
        return False
    reach = {"bus": 6.5, "truck": 5.0, "car": 3.0}.get(kind, 2.5)
    return abs(x) - reach < 0.56 * z / camera.focal


def _seen(scene, seconds, most):
    """The things in view at a time with their places, the nearest first."""
    found = []
    for actor in scene.actors:
        across, along, phase = actor.at(seconds)
        x, z = scene.street.ground(across, along)
        if _in_view(scene.camera, x, z, actor.kind):
            found.append((z, x, phase, actor))
    found.sort(key=lambda entry: entry[0])
    return found[:most]


def _primitives(entries):
    """[n, PRIMITIVES, FIELDS] for things of any kinds, each kind drawn in one go."""
    result = np.zeros((len(entries), PRIMITIVES, FIELDS), np.float32)
    groups = {}
    for index, (_, _, _, actor) in enumerate(entries):
        groups.setdefault((actor.kind, actor.view), []).append(index)
    for (kind, view), indices in groups.items():
        actors = [entries[i][3] for i in indices]
        style = Style(np.stack([a.draws for a in actors]), np.stack([a.paints for a in actors]))
        phase = np.array([entries[i][2] for i in indices])
        result[indices] = builder(kind, view)(style, phase, np.array([a.rear for a in actors]))
    return result


def _scene_columns(scenes):
    """What is the same for all things of a scene."""
    rows = {
        "camera": [(s.camera.focal, s.camera.height, s.camera.horizon) for s in scenes],
        "light": [(s.light.day, s.light.warmth, *s.light.sun, s.light.shadow, s.light.haze) for s in scenes],
        "street": [(*s.street.across_axis, *s.street.along_axis, s.street.offset, s.street.width, s.street.lanes,
                    *s.street.pavements, s.street.zebra, s.street.is_avenue) for s in scenes],
        "palette": [s.palette for s in scenes],
        "buildings": [s.buildings for s in scenes],
    }
    columns = {name: np.asarray(values, np.float32) for name, values in rows.items()}
    return {**columns, "texture": np.stack([s.texture for s in scenes])}


def tables(scenes, seconds=None, most=24):
    """Scenes at given times (0 if none are given) as the arrays of a SceneBatch with `most` places."""
    seconds = [0.0] * len(scenes) if seconds is None else seconds
    seen = [_seen(scene, time, most) for scene, time in zip(scenes, seconds)]
    count = len(scenes)
    primitives = np.zeros((count, most, PRIMITIVES, FIELDS), np.float32)
    primitives[..., HALF_WIDTH:HALF_HEIGHT + 1], primitives[..., COSINE] = 0.01, 1.0
    label = np.full((count, most), NOTHING, np.int64)
    identity = np.zeros((count, most), np.int64)
    place = np.tile(np.float32([0, 50, 1]), (count, most, 1))
    drawn = _primitives([entry for entries in seen for entry in entries])
    start = 0
    for b, entries in enumerate(seen):
        primitives[b, :len(entries)] = drawn[start:start + len(entries)]
        start += len(entries)
        for k, (z, x, _, actor) in enumerate(entries):
            label[b, k] = LABELS.index(actor.kind) if actor.kind in LABELS else FIXTURE
            identity[b, k] = actor.identity
            place[b, k] = x, z, actor.facing
    bounds = np.tile(np.float32([-0.5, 0, 0.5, 1]), (count, most, 1))
    used = label != NOTHING
    bounds[used] = extent(primitives[used])
    return {"primitives": primitives, "label": label, "identity": identity, "place": place, "extent": bounds,
            **_scene_columns(scenes)}


def collate(scenes, seconds=None, most=24, device="cpu"):
    """Puts scenes into one batch; see `tables`."""
    return SceneBatch.of(tables(scenes, seconds, most), device)
