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
"""The network: convolutions at strides 8, 16 and 32, a pyramid that joins them, a light head on each.

The blocks follow ideas that are common property of the field: split-and-join blocks (CSPNet,
arXiv:1911.11929), a top-down and a bottom-up pass over the pyramid (PANet, arXiv:1803.01534), separate
branches for class and box (YOLOX, arXiv:2107.08430), distances to the four sides from a point instead
of anchor boxes (FCOS, arXiv:1904.01355).
"""

import copy
import math

import torch
import torch.nn.functional as functional
from torch import nn

INPUT_SIZE = 416
STRIDES = (8, 16, 32)
PAD = 114 / 255


class ConvBlock(nn.Module):
    """Convolution, batch normalisation, SiLU."""

    def __init__(self, channels_in, channels_out, kernel=1, stride=1, groups=1):
        super().__init__()
        self.conv = nn.Conv2d(channels_in, channels_out, kernel, stride, kernel // 2, groups=groups, bias=False)
        self.norm = nn.BatchNorm2d(channels_out, eps=1e-3, momentum=0.03)

    def forward(self, x):
        return functional.silu(self.norm(self.conv(x)))

    def folded(self):
        """The same function as one convolution with a bias, for inference."""
        conv = nn.utils.fusion.fuse_conv_bn_eval(self.conv.eval(), self.norm.eval())
        return nn.Sequential(conv, nn.SiLU())


class Residual(nn.Module):
    def __init__(self, channels, shortcut):
        super().__init__()
        self.first, self.second = ConvBlock(channels, channels, 3), ConvBlock(channels, channels, 3)
        self.shortcut = shortcut

    def forward(self, x):
        y = self.second(self.first(x))
        return x + y if self.shortcut else y


class SplitBlock(nn.Module):
    """Sends half of the channels through residual blocks and joins all that was made on the way."""

    def __init__(self, channels_in, channels_out, depth, shortcut=True):
        super().__init__()
        half = channels_out // 2
        self.enter = ConvBlock(channels_in, 2 * half)
        self.steps = nn.ModuleList(Residual(half, shortcut) for _ in range(depth))
        self.leave = ConvBlock((2 + depth) * half, channels_out)

    def forward(self, x):
        parts = list(self.enter(x).chunk(2, 1))
        for step in self.steps:
            parts.append(step(parts[-1]))
        return self.leave(torch.cat(parts, 1))


class Context(nn.Module):
    """Lets each place see the maxima of ever larger surroundings."""

    def __init__(self, channels):
        super().__init__()
        self.enter, self.leave = ConvBlock(channels, channels // 2), ConvBlock(channels * 2, channels)

    def forward(self, x):
        parts = [self.enter(x)]
        for _ in range(3):
            parts.append(functional.max_pool2d(parts[-1], 5, 1, 2))
        return self.leave(torch.cat(parts, 1))


class Head(nn.Module):
    """Class logits and side distances, in strides, for one level."""

    def __init__(self, channels, width, classes):
        super().__init__()
        self.enter = ConvBlock(channels, width)
        self.box_branch = ConvBlock(width, width, 3)
        self.class_branch = nn.Sequential(ConvBlock(width, width, 3, groups=width), ConvBlock(width, width))
        self.box, self.classes = nn.Conv2d(width, 4, 1), nn.Conv2d(width, classes, 1)
        nn.init.constant_(self.box.bias, 1.5)
        nn.init.constant_(self.classes.bias, -math.log((1 - 0.01) / 0.01))

    def forward(self, x):
        x = self.enter(x)
        return self.classes(self.class_branch(x)), self.box(self.box_branch(x))


class Detector(nn.Module):
    """[B, 3, S, S] RGB in 0..1 to class logits [B, N, C] and boxes [B, N, 4] as x1, y1, x2, y2 in
    input pixels, N = points of all levels, the finest first and each level row by row."""

    def __init__(self, classes, width=(16, 32, 56, 96, 112), head_width=56, size=INPUT_SIZE):
        super().__init__()
        w1, w2, w3, w4, w5 = width
        self.stem = ConvBlock(3, w1, 3, 2)
        self.stage2 = nn.Sequential(ConvBlock(w1, w2, 3, 2), SplitBlock(w2, w2, 1))
        self.stage3 = nn.Sequential(ConvBlock(w2, w3, 3, 2), SplitBlock(w3, w3, 2))
        self.stage4 = nn.Sequential(ConvBlock(w3, w4, 3, 2), SplitBlock(w4, w4, 2))
        self.stage5 = nn.Sequential(ConvBlock(w4, w5, 3, 2), SplitBlock(w5, w5, 1), Context(w5))
        self.down4 = SplitBlock(w5 + w4, w4, 1, shortcut=False)
        self.down3 = SplitBlock(w4 + w3, w3, 1, shortcut=False)
        self.step3, self.up4 = ConvBlock(w3, w3, 3, 2), SplitBlock(w3 + w4, w4, 1, shortcut=False)
        self.step4, self.up5 = ConvBlock(w4, w4, 3, 2), SplitBlock(w4 + w5, w5, 1, shortcut=False)
        self.heads = nn.ModuleList(Head(channels, head_width, classes) for channels in (w3, w4, w5))
        points, strides = grid_points(size)
        self.register_buffer("points", points, persistent=False)
        self.register_buffer("strides", strides, persistent=False)

    def forward(self, x):
        p3 = self.stage3(self.stage2(self.stem(x)))
        p4 = self.stage4(p3)
        p5 = self.stage5(p4)
        n4 = self.down4(torch.cat([_twice(p5), p4], 1))
        n3 = self.down3(torch.cat([_twice(n4), p3], 1))
        n4 = self.up4(torch.cat([self.step3(n3), n4], 1))
        n5 = self.up5(torch.cat([self.step4(n4), p5], 1))
        outputs = [head(level) for head, level in zip(self.heads, (n3, n4, n5))]
        logits = torch.cat([classes.flatten(2) for classes, _ in outputs], 2).transpose(1, 2)
        sides = torch.cat([box.flatten(2) for _, box in outputs], 2).transpose(1, 2)
        reach = functional.softplus(sides.float()) * self.strides
        return logits, torch.cat([self.points - reach[..., :2], self.points + reach[..., 2:]], 2)

    def folded(self):
        """A copy for inference whose normalisations are part of the convolutions."""
        result = copy.deepcopy(self).eval()
        _fold(result)
        return result


def grid_points(size):
    """Centres [N, 2] as x, y in pixels and strides [N, 1] of all levels."""
    points, strides = [], []
    for stride in STRIDES:
        centres = (torch.arange(size // stride) + 0.5) * stride
        y, x = torch.meshgrid(centres, centres, indexing="ij")
        points.append(torch.stack([x, y], 2).view(-1, 2))
        strides.append(torch.full((len(points[-1]), 1), float(stride)))
    return torch.cat(points), torch.cat(strides)


def _twice(x):
    return functional.interpolate(x, scale_factor=2, mode="nearest")


def _fold(module):
    for name, child in module.named_children():
        if isinstance(child, ConvBlock):
            setattr(module, name, child.folded())
        else:
            _fold(child)
