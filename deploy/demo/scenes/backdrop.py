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
"""Draws what does not move: sky, buildings and ground, as functions of the pixel alone."""

import torch
import torch.nn.functional as functional

from scenes.street import BUILDINGS

BLOCK = 15.0
FLOOR = 3.1
WINDOW = 2.4


def _column(tensor, index):
    return tensor[:, index].view(-1, 1, 1)


def _mix(first, second, share):
    return first + (second - first) * share


def _band(value, low, high, footprint):
    """How much of a pixel lies between low and high."""
    return (((value - low) / footprint + 0.5).clamp(0, 1) * ((high - value) / footprint + 0.5).clamp(0, 1))


def _stripes(value, period, duty, footprint):
    """How much of a pixel lies in stripes; far stripes blend to their mean."""
    distance = ((value / period) % 1.0 - 0.5).abs() * period
    near = ((duty * period / 2 - distance) / footprint + 0.5).clamp(0, 1)
    return near + (duty - near) * (2 * footprint / period - 0.5).clamp(0, 1)


class Backdrop:
    """The still part of a batch of scenes at a frame size."""

    def __init__(self, batch, width, height):
        device = batch.camera.device
        self._batch = batch
        self._width = width
        self.u = ((torch.arange(width, device=device) + 0.5) / width).view(1, 1, -1)
        self.v = ((torch.arange(height, device=device) + 0.5) / width).view(1, -1, 1)
        self.focal, self.camera_height, self.horizon = (_column(batch.camera, i) for i in range(3))
        self.day, self.warmth = _column(batch.light, 0), _column(batch.light, 1)
        self._ray = (self.u - 0.5) / self.focal
        self._random = batch.texture.float() / 255
        fine = functional.interpolate(self._random, (height, width), mode="bilinear", align_corners=False)
        coarse = functional.interpolate(self._random[:, :, :9, :16], (height, width), mode="bicubic", align_corners=False)
        self._texture = 0.5 * (fine[:, 0] - 0.5) + (coarse[:, 1] - 0.5)

    def light(self):
        """Colour of the light that falls on things, [B, 3, 1, 1]."""
        tint = torch.tensor([1.0, 0.0, -1.0], device=self.day.device).view(1, 3, 1, 1)
        dusk = torch.tensor([0.46, 0.43, 0.54], device=self.day.device).view(1, 3, 1, 1)
        day = self.day.unsqueeze(1)
        return _mix(dusk, torch.ones_like(dusk), day) * (1 + 0.07 * tint * self.warmth.unsqueeze(1))

    def horizon_colour(self):
        """Colour of the sky above the horizon and of haze, [B, 3, 1, 1]."""
        device = self.day.device
        noon = torch.tensor([0.80, 0.87, 0.93], device=device).view(1, 3, 1, 1)
        dusk = torch.tensor([0.62, 0.40, 0.36], device=device).view(1, 3, 1, 1)
        return _mix(dusk, noon, self.day.unsqueeze(1))

    def draw(self):
        """[B, 3, H, W] of light that comes from sky, buildings and ground, and the ground's mask."""
        batch = self._batch
        haze = _column(batch.light, 5)
        ground_depth = self.focal * self.camera_height / (self.v - self.horizon).clamp(min=1e-4)
        wall, wall_depth, is_wall = self._walls()
        is_ground = (self.v > self.horizon) & ~((wall_depth < ground_depth) & is_wall)
        ground = self._ground(ground_depth.clamp(max=300)) * self.light()
        picture = torch.where(is_wall.unsqueeze(1), wall, self._sky())
        picture = torch.where(is_ground.unsqueeze(1), ground, picture)
        depth = torch.where(is_ground, ground_depth.expand_as(wall_depth), wall_depth).clamp(max=300)
        veil = (1 - torch.exp(-haze * depth)) * (is_ground | is_wall)
        return _mix(picture, self.horizon_colour(), veil.unsqueeze(1)), is_ground

    def _sky(self):
        device = self.day.device
        noon = torch.tensor([0.40, 0.60, 0.86], device=device).view(1, 3, 1, 1)
        dusk = torch.tensor([0.13, 0.14, 0.30], device=device).view(1, 3, 1, 1)
        zenith = _mix(dusk, noon, self.day.unsqueeze(1))
        share = ((self.horizon - self.v) / 0.30).clamp(0, 1).unsqueeze(1)
        clouds = 0.30 * self._texture.unsqueeze(1).clamp(min=0)
        return _mix(self.horizon_colour(), zenith, share) + clouds * self.day.unsqueeze(1)

    def _walls(self):
        """Colour [B, 3, H, W], depth and mask [B, H, W] of the façades on the street's sides."""
        street = self._batch.street
        across_x, across_z, along_x, along_z = (_column(street, i) for i in range(4))
        offset, road, near, far = (_column(street, i) for i in (4, 5, 7, 8))
        avenue = _column(street, 10) > 0.5
        slope = across_x * self._ray + across_z
        slope = torch.where(slope.abs() < 1e-5, torch.full_like(slope, 1e-5), slope)
        behind = (offset + road + far) / slope
        before = torch.where(avenue, (offset - near) / slope, torch.full_like(slope, -1.0))
        beyond = torch.full_like(slope, 1e4)
        behind, before = torch.where(behind > 0, behind, beyond), torch.where(before > 0, before, beyond)
        depth = torch.minimum(behind, before).clamp(max=400)
        along = depth * (along_x * self._ray + along_z)
        height = self.camera_height - (self.v - self.horizon) * depth / self.focal
        index = (torch.floor(along / BLOCK).long() + torch.where(before < behind, 29, 0)) % BUILDINGS
        rows = torch.gather(self._batch.buildings, 1, index.view(len(street), -1, 1).expand(-1, -1, 8)).permute(0, 2, 1)
        roof = 7.0 + 14.0 * rows[:, 3].unsqueeze(1)
        colour = self._facade(rows, along, height, depth, roof)
        return colour, depth.expand_as(height), (height < roof) & (height > -0.05) & (depth < 399)

    def _facade(self, rows, along, height, depth, roof):
        step = torch.diff(along, dim=2, append=along[:, :, -1:] * 2 - along[:, :, -2:-1]).abs().clamp(min=1e-3)
        rise = (depth / self.focal / self._width).clamp(min=1e-3)
        floors_wide = 0.40 + 0.3 * rows[:, 4].unsqueeze(1)
        panes = _stripes(along, WINDOW, floors_wide, step)
        panes = panes * _stripes(height, FLOOR, 0.5 + 0.15 * rows[:, 5].unsqueeze(1), rise)
        panes = panes * (height > FLOOR) * (height < roof - 0.8)
        shop = _stripes(along, 5.0, 0.82, step) * _band(height, 0.4, 2.5, rise)
        awning = _band(height, 2.6, 3.0, rise)
        base = rows[:, :3].unsqueeze(2) * (0.92 + 0.16 * self._texture.unsqueeze(1))
        column, row = torch.floor(along / WINDOW).long() % 96, torch.floor(height / FLOOR).long() % 96
        lit = self._random[:, 2].flatten(1).gather(1, (row * 96 + column).flatten(1)).view(height.shape)
        light = self.light()
        glass = torch.tensor([0.24, 0.30, 0.36], device=along.device).view(1, 3, 1, 1) * light * (0.7 + 0.6 * lit.unsqueeze(1))
        lamp = torch.tensor([1.0, 0.80, 0.48], device=along.device).view(1, 3, 1, 1)
        dark = (1 - self.day).unsqueeze(1)
        window = _mix(glass, lamp * (0.5 + 0.5 * lit.unsqueeze(1)), dark * (lit > 0.55).unsqueeze(1))
        wall = base * light * (0.78 + 0.10 * (height / roof).clamp(0, 1)).unsqueeze(1)
        wall = _mix(wall, base.flip(1) * light * 0.7, awning.unsqueeze(1))
        wall = _mix(wall, window, panes.unsqueeze(1))
        return _mix(wall, _mix(glass, lamp * 0.85, 0.8 * dark), 0.9 * shop.unsqueeze(1))

    def _ground(self, depth):
        street = self._batch.street
        across_x, across_z, along_x, along_z, offset, road = (_column(street, i) for i in range(6))
        across = (across_x * self._ray + across_z) * depth - offset
        along = (along_x * self._ray + along_z) * depth
        slant = depth / (self.v - self.horizon).clamp(min=1e-4)
        pixel = depth / self.focal
        wide = (((across_x * self._ray + across_z).abs() * slant + across_x.abs() * pixel) / self._width).clamp(min=1e-3)
        long = (((along_x * self._ray + along_z).abs() * slant + along_x.abs() * pixel) / self._width).clamp(min=1e-3)
        grain = 1 + 0.22 * self._texture
        asphalt, stone = (self._batch.palette[:, i].view(-1, 3, 1, 1) for i in (0, 1))
        tiles = 1 - 0.10 * torch.maximum(_stripes(across, 1.2, 0.06, wide), _stripes(along, 1.2, 0.06, long))
        on_road = _band(across, 0.0, road, wide)
        kerb = _band(across, -0.22, 0.0, wide) + _band(across, road, road + 0.22, wide)
        tracks = 1 - 0.10 * _stripes(across + 0.8, 1.65, 0.35, wide)
        surface = _mix((stone * (tiles * grain).unsqueeze(1)), asphalt * (grain * tracks).unsqueeze(1), on_road.unsqueeze(1))
        surface = _mix(surface, stone * 1.18, kerb.clamp(0, 1).unsqueeze(1))
        return _mix(surface, torch.full_like(surface, 0.86), (0.85 * self._marks(across, along, wide, long)).unsqueeze(1))

    def _marks(self, across, along, wide, long):
        street = self._batch.street
        road, lanes, zebra = (_column(street, i) for i in (5, 6, 9))
        lane = road / lanes
        inner = _band(across, lane * 0.5, road - lane * 0.5, wide)
        lines = _stripes(across + lane / 2, lane, 0.045, wide)
        dashes = lines * inner * _stripes(along, 6.0, 0.5, long)
        edges = _band(across, 0.18, 0.32, wide)
        edges = edges + _band(across, road - 0.32, road - 0.18, wide)
        stripes = _band(along, zebra, zebra + 3.0, long) * _stripes(across, 1.1, 0.5, wide)
        on_road = _band(across, 0.0, road, wide)
        return torch.maximum(torch.maximum(dashes, edges), stripes * on_road).clamp(0, 1)
