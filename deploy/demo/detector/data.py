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
"""Rendered scenes as the network's input, with the truth that it learns or is judged by."""

from collections import deque
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
import multiprocessing

import numpy as np
import torch
import torch.nn.functional as functional

from detector.network import INPUT_SIZE, PAD
from scenes import camera, street
from scenes.batch import SceneBatch, tables
from scenes.counting import counts
from scenes.render import Renderer

# Width and height of the frames and how often they are drawn in training.
FRAMES = (((416, 234), 0.40), ((640, 360), 0.15), ((960, 540), 0.20), ((416, 312), 0.10), ((640, 480), 0.05), ((416, 416), 0.10))


@dataclass
class Batch:
    """images [B, 3, S, S] in 0..1; truth as boxes [B, K, 4] in input pixels, labels [B, K] with -1
    where there is none, ignored [B, K]."""

    images: torch.Tensor
    boxes: torch.Tensor
    labels: torch.Tensor
    ignored: torch.Tensor

    @property
    def truth(self):
        return self.boxes, self.labels, self.ignored

    def mirrored(self):
        boxes = self.boxes.clone()
        boxes[..., 0], boxes[..., 2] = INPUT_SIZE - self.boxes[..., 2], INPUT_SIZE - self.boxes[..., 0]
        return Batch(self.images.flip(3), boxes, self.labels, self.ignored)


def letterbox(pictures):
    """Scales pictures [B, 3, H, W] bilinearly to fit the input and pads them as `model.yaml` says.
    Returns images [B, 3, S, S] and (scale, left, top)."""
    height, width = pictures.shape[2:]
    scale = min(INPUT_SIZE / height, INPUT_SIZE / width)
    inner_height, inner_width = round(height * scale), round(width * scale)
    if (inner_height, inner_width) != (height, width):
        pictures = functional.interpolate(pictures, (inner_height, inner_width), mode="bilinear", align_corners=False)
    dw, dh = (INPUT_SIZE - inner_width) / 2, (INPUT_SIZE - inner_height) / 2
    left, top = round(dw - 0.1), round(dh - 0.1)
    padding = (left, round(dw + 0.1), top, round(dh + 0.1))
    return functional.pad(pictures, padding, value=PAD), (scale, left, top)


def truth(rendered, placing):
    """Boxes in input pixels, labels and ignored marks of what was rendered."""
    scale, left, top = placing
    shift = torch.tensor([left, top, left, top], device=rendered.boxes.device, dtype=torch.float32)
    boxes = rendered.boxes * scale + shift
    width, height = boxes[..., 2] - boxes[..., 0], boxes[..., 3] - boxes[..., 1]
    present = (rendered.label >= 0) & (width > 0.5) & (height > 0.5)
    ignored = present & ~counts(width, height, rendered.visibility, INPUT_SIZE)
    return boxes, torch.where(present, rendered.label, -torch.ones_like(rendered.label)), ignored


def draw_tables(seed, count, domain, most):
    """Scenes of one frame size as plain arrays, with the camera's settings; runs in worker processes."""
    random = np.random.default_rng(seed)
    sizes, weights = zip(*FRAMES)
    width, height = sizes[random.choice(len(sizes), p=np.array(weights) / sum(weights))]
    scenes = [street.sample_scene(random, domain, width / height) for _ in range(count)]
    settings = camera.sample_settings(random, count)
    arrays = {name: getattr(settings, name).numpy() for name in settings.__dataclass_fields__}
    return (width, height), tables(scenes, most=most), arrays


class SceneStream:
    """An endless stream of rendered batches; the scenes are drawn by processes, the pictures on a device."""

    def __init__(self, seed, count, workers, device, compiled, domain=street.TRAINING, most=24):
        self._pool = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))
        self._device, self._renderer = device, Renderer(compiled=compiled)
        self._arguments = (count, domain, most)
        self._seed, self._ordered, self._pending = seed, 0, deque()
        for _ in range(2 * workers):
            self._order()

    def _order(self):
        self._pending.append(self._pool.submit(draw_tables, (self._seed, self._ordered), *self._arguments))
        self._ordered += 1

    def __next__(self):
        (width, height), arrays, settings = self._pending.popleft().result()
        self._order()
        batch = SceneBatch.of(arrays, self._device)
        settings = camera.Settings(**{name: torch.from_numpy(v) for name, v in settings.items()}).to(self._device)
        return self.render(batch, settings, width, height)

    @torch.no_grad()
    def render(self, batch, settings, width, height):
        rendered = self._renderer.render(batch, width, height)
        pictures = camera.develop(rendered.radiance, settings)
        images, placing = letterbox(pictures)
        return Batch(images, *truth(rendered, placing))

    def close(self):
        self._pool.shutdown(wait=True, cancel_futures=True)
