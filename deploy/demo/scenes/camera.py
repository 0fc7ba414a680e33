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
"""What a camera does to light on its way to a picture: glare, blur, exposure, noise, JPEG."""

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as functional

# Quantisation tables of ITU-T T.81, Annex K.1 and K.2.
LUMINANCE = torch.tensor([
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56,
    14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92,
    49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99], dtype=torch.float32).view(8, 8)
CHROMINANCE = torch.full((8, 8), 99.0)
CHROMINANCE[:4, :4] = torch.tensor([[17, 18, 24, 47], [18, 21, 26, 66], [24, 26, 56, 99], [47, 66, 99, 99]])
TO_YCC = torch.tensor([[0.299, 0.587, 0.114], [-0.168736, -0.331264, 0.5], [0.5, -0.418688, -0.081312]])


@dataclass
class Settings:
    """Per picture, [B] each: exposure 1 is neutral; contrast 1 is neutral; balance [B, 3]; blur is the
    sigma of a Gaussian in pixels; noise is a standard deviation at mid grey, 1 is white; quality is
    JPEG's, 1..100, and 0 leaves JPEG out."""

    exposure: torch.Tensor
    contrast: torch.Tensor
    balance: torch.Tensor
    blur: torch.Tensor
    noise: torch.Tensor
    quality: torch.Tensor

    def to(self, device):
        return Settings(*(getattr(self, name).to(device, non_blocking=True) for name in self.__dataclass_fields__))


def sample_settings(random, count):
    """Draws the settings of `count` pictures from a numpy Generator."""
    def column(values):
        return torch.from_numpy(np.asarray(values, np.float32))
    blurred = random.random(count) < 0.4
    return Settings(
        column(np.exp(random.normal(0, 0.16, count))), column(random.uniform(0.8, 1.2, count)),
        column(1 + random.normal(0, 0.035, (count, 3))), column(np.where(blurred, random.uniform(0.3, 1.1, count), 0)),
        column(random.choice([0.0, 0.01, 0.02, 0.035, 0.05], count)), column(random.integers(35, 97, count)))


def uniform_settings(count, exposure=1.0, noise=0.008):
    """The same good camera for every picture, without JPEG."""
    one = torch.ones(count)
    return Settings(one * exposure, one * 1.04, torch.ones(count, 3), one * 0, one * noise, one * 0)


def add_glare(radiance):
    """Spreads light above white around its source."""
    excess = (radiance - 1).clamp(min=0)
    height, width = radiance.shape[2:]
    small = functional.adaptive_avg_pool2d(excess, (max(height // 4, 1), max(width // 4, 1)))
    glare = torch.zeros_like(small)
    for reach, weight in ((3, 0.9), (9, 1.1), (21, 0.9)):
        blurred = functional.avg_pool2d(small, reach, 1, reach // 2, count_include_pad=False)
        glare = glare + weight * functional.avg_pool2d(blurred, reach, 1, reach // 2, count_include_pad=False)
    return radiance + functional.interpolate(glare, (height, width), mode="bilinear", align_corners=False)


def blur(picture, sigma):
    """A Gaussian of 5 by 5 taps with a sigma for each picture; 0 leaves it as it is."""
    taps = torch.arange(-2, 3, device=picture.device, dtype=picture.dtype)
    kernel = torch.exp(-taps ** 2 / (2 * sigma.clamp(min=1e-3).unsqueeze(1) ** 2))
    kernel = kernel / kernel.sum(1, keepdim=True)
    padded = functional.pad(picture, (2, 2, 2, 2), mode="replicate")
    height, width = picture.shape[2:]
    columns = sum(kernel[:, i].view(-1, 1, 1, 1) * padded[:, :, :, i:i + width] for i in range(5))
    return sum(kernel[:, i].view(-1, 1, 1, 1) * columns[:, :, i:i + height] for i in range(5))


def _cosines(device):
    k = torch.arange(8, device=device, dtype=torch.float32)
    basis = torch.cos((2 * k.view(1, -1) + 1) * k.view(-1, 1) * torch.pi / 16) / 2
    basis[0] /= 2 ** 0.5
    return basis


def _quantise(plane, table, scale):
    """Rounds the 8 by 8 cosine coefficients of planes [B, H, W] in 0..255; H and W divide by 8."""
    count, height, width = plane.shape
    basis = _cosines(plane.device)
    steps = ((table.to(plane.device) * scale.view(-1, 1, 1) + 50) / 100).floor().clamp(1, 255).view(count, 1, 1, 8, 8)
    blocks = (plane - 128).view(count, height // 8, 8, width // 8, 8).transpose(2, 3)
    coefficients = torch.round(basis @ blocks @ basis.T / steps) * steps
    return (basis.T @ coefficients @ basis).transpose(2, 3).reshape(count, height, width) + 128


def simulate_jpeg(picture, quality):
    """Loses what baseline JPEG with halved chroma loses; picture [B, 3, H, W] in 0..1, quality [B]."""
    height, width = picture.shape[2:]
    padded = functional.pad(picture, (0, -width % 16, 0, -height % 16), mode="replicate") * 255
    matrix = TO_YCC.to(picture.device)
    ycc = torch.einsum("ij,bjhw->bihw", matrix, padded)
    quality = quality.clamp(1, 100)
    scale = torch.where(quality < 50, 5000 / quality, 200 - 2 * quality)
    luma = _quantise(ycc[:, 0], LUMINANCE, scale)
    chroma = functional.avg_pool2d(ycc[:, 1:], 2) + 128
    chroma = torch.stack([_quantise(chroma[:, i], CHROMINANCE, scale) for i in (0, 1)], 1) - 128
    chroma = functional.interpolate(chroma, scale_factor=2, mode="bilinear", align_corners=False)
    back = torch.einsum("ij,bjhw->bihw", torch.linalg.inv(matrix), torch.cat([luma.unsqueeze(1), chroma], 1))
    return (back[:, :, :height, :width] / 255).clamp(0, 1)


def develop(radiance, settings, generator=None):
    """Radiance [B, 3, H, W] to a picture in 0..1. The generator, on radiance's device, draws the noise."""
    def column(values):
        return values.view(len(values), -1, 1, 1)
    light = add_glare(radiance) * column(settings.exposure) * column(settings.balance)
    picture = ((light - 0.45) * column(settings.contrast) + 0.45).clamp(0, 1)
    picture = blur(picture, settings.blur)
    grain = torch.empty_like(picture).normal_(generator=generator)
    picture = (picture + grain * column(settings.noise) * (0.6 + 0.8 * picture)).clamp(0, 1)
    lossy = simulate_jpeg(picture, settings.quality)
    return torch.where(column(settings.quality) > 0, lossy, picture)
