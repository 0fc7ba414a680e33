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
"""Renders batches of scenes: sprites from primitives, laid over the backdrop from near to far.

A sprite is drawn with edges as soft as one pixel of the final picture, so that it can be sampled
without aliasing. Laying from near to far keeps for every pixel what is still to be seen, which gives
each thing's visible share for free.
"""

from dataclasses import dataclass

import torch
import torch.nn.functional as functional

from scenes import sketch
from scenes.backdrop import Backdrop
from scenes.batch import NOTHING

GLOW_GAIN = 1.6


@dataclass
class Rendered:
    """radiance [B, 3, H, W], 1 is white, lamps exceed it; boxes [B, K, 4] as x1, y1, x2, y2 in pixels,
    the whole thing behind what hides it, cut at the frame; visibility [B, K], the share of its area that
    is seen, neither hidden nor outside the frame; label and identity as in the batch."""

    radiance: torch.Tensor
    boxes: torch.Tensor
    visibility: torch.Tensor
    label: torch.Tensor
    identity: torch.Tensor


def paint_sprites(primitives, window, softness, light, dark, height, width):
    """Draws N things: premultiplied colour and coverage [N, 4, height, width].

    primitives [N, P, FIELDS]; window [N, 4] as left, bottom, right, top in metres, which the sprite
    spans; softness [N], the width of an edge in metres; light [N, 3]; dark [N], 1 at dusk.
    """
    device = primitives.device
    across = (torch.arange(width, device=device) + 0.5) / width
    down = (torch.arange(height, device=device) + 0.5) / height
    x = (window[:, 0:1] + (window[:, 2:3] - window[:, 0:1]) * across)[:, None, :]
    y = (window[:, 3:4] - (window[:, 3:4] - window[:, 1:2]) * down)[:, :, None]
    red = green = blue = alpha = torch.zeros(len(primitives), height, width, device=device)
    for index in range(primitives.shape[1]):
        p = primitives[:, index, :, None, None].unbind(1)
        dx, dy = x - p[sketch.CENTRE_X], y - p[sketch.CENTRE_Y]
        px = dx * p[sketch.COSINE] + dy * p[sketch.SINE]
        py = dy * p[sketch.COSINE] - dx * p[sketch.SINE]
        rise = (py / p[sketch.HALF_HEIGHT]).clamp(-1.0, 1.0)
        px = (px - p[sketch.SKEW] * py) / (1 + p[sketch.TAPER] * rise)
        ox = px.abs() - p[sketch.HALF_WIDTH] + p[sketch.RADIUS]
        oy = py.abs() - p[sketch.HALF_HEIGHT] + p[sketch.RADIUS]
        outside = torch.sqrt(ox.clamp(min=0) ** 2 + oy.clamp(min=0) ** 2)
        distance = outside + torch.maximum(ox, oy).clamp(max=0) - p[sketch.RADIUS]
        hollow = distance.abs() - p[sketch.RING]
        distance = torch.where(p[sketch.RING] > 0, hollow, distance)
        cover = (0.5 - distance / softness[:, None, None]).clamp(0, 1) * p[sketch.OPACITY]
        tone = 1 + p[sketch.SHADE] * rise
        glow = GLOW_GAIN * p[sketch.GLOW] * (0.12 + dark[:, None, None])
        keep = 1 - cover
        red = red * keep + cover * p[sketch.RED] * (tone * light[:, 0, None, None] + glow)
        green = green * keep + cover * p[sketch.GREEN] * (tone * light[:, 1, None, None] + glow)
        blue = blue * keep + cover * p[sketch.BLUE] * (tone * light[:, 2, None, None] + glow)
        alpha = alpha * keep + cover
    return torch.stack([red, green, blue, alpha], 1)


class Renderer:
    """Draws scenes at a frame size.

    sprite: height and width of a sprite, at most. crop: give each thing a sprite of its own size and work
    on its window instead of the whole frame, which pays with one scene at a time and no GPU. compiled: fuse the sprites' arithmetic on a GPU.
    """

    def __init__(self, sprite=(96, 128), crop=False, compiled=False):
        self._sprite = sprite
        self._crop = crop
        self._paint = torch.compile(paint_sprites, dynamic=False) if compiled else paint_sprites

    @torch.no_grad()
    def render(self, batch, width, height):
        still = Backdrop(batch, width, height)
        picture, is_ground = still.draw()
        layout = _Layout(batch, width, height)
        sprites = self._sprites(batch, layout, still)
        count, places = batch.label.shape
        radiance = torch.zeros(count, 3, height, width, device=picture.device)
        seen = torch.ones(count, 1, height, width, device=picture.device)
        shade = torch.ones(count, 1, height, width, device=picture.device)
        visible, covered = [], []
        haze = 1 - torch.exp(-batch.light[:, 5:6] * batch.place[:, :, 1])
        for k in range(places):
            rows, columns = layout.window(k) if self._crop else (slice(0, height), slice(0, width))
            grid = layout.grid(k, rows, columns)
            sprite = sprites(k)
            layer = functional.grid_sample(sprite, grid, align_corners=False)
            cover = layer[:, 3:] * seen[:, :, rows, columns]
            colour = layer[:, :3] + haze[:, k].view(-1, 1, 1, 1) * (still.horizon_colour() * layer[:, 3:] - layer[:, :3])
            radiance[:, :, rows, columns] += colour * seen[:, :, rows, columns]
            seen[:, :, rows, columns] -= cover
            visible.append(cover.sum((1, 2, 3)))
            covered.append(sprite[:, 3].mean((1, 2)))
            self._cast(shade, sprite[:, 3:], layout, batch, k)
        ground_light = torch.where(is_ground.unsqueeze(1), shade, torch.ones_like(shade))
        radiance += picture * ground_light * seen
        area = torch.stack(covered, 1) * layout.sprite_area()
        visibility = (torch.stack(visible, 1) / area.clamp(min=1e-3)).clamp(0, 1)
        return Rendered(radiance, layout.boxes(), visibility, batch.label, batch.identity)

    def _sprites(self, batch, layout, still):
        """A function from k to the sprites of the k-th things, [B, 4, h, w]."""
        count, places = batch.label.shape
        light = still.light().view(count, 3)
        dark = 1 - batch.light[:, 0]

        def paint(ks, height, width):
            size = ks.stop - ks.start
            spacing = torch.maximum(layout.span[:, ks, 0] / width, layout.span[:, ks, 1] / height)
            softness = torch.maximum(layout.metres_per_pixel[:, ks], 0.8 * spacing)
            sprites = self._paint(
                batch.primitives[:, ks].flatten(0, 1), layout.sprite_window[:, ks].flatten(0, 1), softness.flatten(),
                light.unsqueeze(1).expand(-1, size, -1).reshape(-1, 3), dark.unsqueeze(1).expand(-1, size).reshape(-1),
                height, width)
            used = (batch.label[:, ks] != NOTHING).view(count, size, 1, 1, 1)
            return sprites.view(count, size, 4, height, width) * used

        if self._crop:
            return lambda k: paint(slice(k, k + 1), *layout.sprite_size(k, self._sprite))[:, 0]
        sprites = paint(slice(0, places), *self._sprite)
        return lambda k: sprites[:, k]

    def _cast(self, shade, silhouette, layout, batch, k):
        """Darkens the ground by the k-th things' shadows: the sun's, and the soft one right below."""
        rows, columns = layout.shadow_window(k, batch) if self._crop else (slice(None), slice(None))
        strength = batch.light[:, 4].view(-1, 1, 1, 1)
        sun = functional.grid_sample(silhouette, layout.shadow_grid(k, batch, rows, columns), align_corners=False)
        below = layout.contact(k, rows, columns) * (batch.label[:, k] != NOTHING).view(-1, 1, 1, 1)
        shade[:, :, rows, columns] *= (1 - strength * sun) * (1 - 0.5 * below)


class _Layout:
    """Where the things of a batch lie in the picture."""

    def __init__(self, batch, width, height):
        device = batch.place.device
        self._width, self._height = width, height
        x, z, facing = batch.place.unbind(2)
        focal, camera_height, horizon = (column.unsqueeze(1) for column in batch.camera.unbind(1))
        self._scale = focal / z * width
        self._facing = facing
        self._foot_u = (0.5 + focal * x / z) * width
        self._foot_v = (horizon + focal * camera_height / z) * width
        self._flatness = camera_height / z
        self._extent = batch.extent
        self.metres_per_pixel = 1 / self._scale
        margin = 1.5 * self.metres_per_pixel + 0.02
        left, bottom, right, top = batch.extent.unbind(2)
        self.sprite_window = torch.stack([left - margin, bottom - margin, right + margin, top + margin], 2)
        self.span = torch.stack([right - left + 2 * margin, top - bottom + 2 * margin], 2)
        self._u = (torch.arange(width, device=device) + 0.5).view(1, -1)
        self._v = (torch.arange(height, device=device) + 0.5).view(1, -1)

    def sprite_area(self):
        """Area of the sprites in square pixels of the picture, [B, K]."""
        return self.span[..., 0] * self.span[..., 1] * self._scale ** 2

    def sprite_size(self, k, most):
        """Height and width that give the k-th things a sample a pixel, at most the given size."""
        pixels = (self.span[:, k] * self._scale[:, k:k + 1]).amax(0).ceil().long().tolist()
        return min(max(pixels[1], 2), most[0]), min(max(pixels[0], 2), most[1])

    def boxes(self):
        left, bottom, right, top = self._extent.unbind(2)
        first, second = self._facing * left, self._facing * right
        u1 = self._foot_u + torch.minimum(first, second) * self._scale
        u2 = self._foot_u + torch.maximum(first, second) * self._scale
        v1, v2 = self._foot_v - top * self._scale, self._foot_v - bottom * self._scale
        return torch.stack([u1.clamp(0, self._width), v1.clamp(0, self._height),
                            u2.clamp(0, self._width), v2.clamp(0, self._height)], 2)

    def _local(self, k, rows, columns):
        """Metres from the foot: x [B, W] in the thing's own direction and y [B, H], upwards."""
        scale = self._scale[:, k:k + 1]
        x = self._facing[:, k:k + 1] * (self._u[:, columns] - self._foot_u[:, k:k + 1]) / scale
        y = (self._foot_v[:, k:k + 1] - self._v[:, rows]) / scale
        return x, y

    def _normalised(self, k, x, y):
        window = self.sprite_window[:, k]
        middle_x, middle_y = (window[:, 0] + window[:, 2]) / 2, (window[:, 1] + window[:, 3]) / 2
        gx = (x - middle_x.view(-1, 1, 1)) / (self.span[:, k, 0] / 2).view(-1, 1, 1)
        gy = (middle_y.view(-1, 1, 1) - y) / (self.span[:, k, 1] / 2).view(-1, 1, 1)
        return torch.stack(torch.broadcast_tensors(gx, gy), 3)

    def grid(self, k, rows, columns):
        x, y = self._local(k, rows, columns)
        return self._normalised(k, x[:, None, :], y[:, :, None])

    def _sun(self, k, batch):
        """The shadow's shift per metre of height, right in metres and up the picture as a factor."""
        lift = batch.light[:, 3] * self._flatness[:, k]
        lift = torch.where(lift < 0, lift.clamp(max=-0.06), lift.clamp(min=0.06))
        return self._facing[:, k] * batch.light[:, 2], lift

    def shadow_grid(self, k, batch, rows, columns):
        x, y = self._local(k, rows, columns)
        shift, lift = self._sun(k, batch)
        tall = y / lift.unsqueeze(1)
        return self._normalised(k, x[:, None, :] - tall[:, :, None] * shift.view(-1, 1, 1), tall[:, :, None])

    def contact(self, k, rows, columns):
        """A soft ellipse on the ground below a thing, [B, 1, H, W]."""
        x, y = self._local(k, rows, columns)
        left, right = self._extent[:, k, 0], self._extent[:, k, 2]
        half = ((right - left) / 2 * 0.95).clamp(max=6).unsqueeze(1)
        deep = (0.25 + 0.09 * half) * self._flatness[:, k:k + 1] + 0.02
        dx = (x - ((left + right) / 2).unsqueeze(1)) / half
        dy = (y - 0.3 * deep) / deep
        return torch.exp(-2.2 * (dx[:, None, :] ** 4 + dy[:, :, None] ** 2)).unsqueeze(1)

    def window(self, k):
        """The part of the picture that the k-th things touch in any of the scenes."""
        left, bottom, right, top = self.sprite_window[:, k].unbind(1)
        reach = torch.maximum(left.abs(), right.abs()) * self._scale[:, k]
        return self._slices(self._foot_u[:, k] - reach, self._foot_u[:, k] + reach,
                            self._foot_v[:, k] - top * self._scale[:, k], self._foot_v[:, k] - bottom * self._scale[:, k])

    def shadow_window(self, k, batch):
        shift, lift = self._sun(k, batch)
        left, bottom, right, top = self.sprite_window[:, k].unbind(1)
        reach = (torch.maximum(left.abs(), right.abs()) * 1.6 + top * shift.abs()) * self._scale[:, k]
        rise = (top * lift.abs() + 1.6) * self._scale[:, k]
        foot = self._foot_v[:, k]
        return self._slices(self._foot_u[:, k] - reach, self._foot_u[:, k] + reach, foot - rise, foot + rise)

    def _slices(self, left, right, top, bottom):
        def span(low, high, size):
            start = int(min(max(float(low.min()) - 1, 0), size - 1))
            return slice(start, int(min(max(float(high.max()) + 2, start + 1), size)))
        return span(top, bottom, self._height), span(left, right, self._width)
