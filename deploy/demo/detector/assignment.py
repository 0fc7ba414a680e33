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
"""Which points learn which object: task-aligned assignment (TOOD, arXiv:2108.07755).

A point is a candidate for an object when it lies in its box; the candidates whose class score and box
already fit best learn it, and the better they fit, the higher the score they learn.
"""

from dataclasses import dataclass

import torch

from detector.boxes import pairwise_iou

CANDIDATES = 10
SCORE_POWER = 0.5
IOU_POWER = 6.0


@dataclass
class Assignment:
    """scores [B, N, C] to learn; boxes [B, N, 4] to learn where positive [B, N]; counted [B, N] is
    False where a point lies on an object that is not to be learned and on no other."""

    scores: torch.Tensor
    boxes: torch.Tensor
    positive: torch.Tensor
    counted: torch.Tensor


def _inside(points, strides, boxes):
    """[B, M, N]: which points lie in which boxes; with strides, boxes are widened to 1.5 of them."""
    centre = (boxes[..., :2] + boxes[..., 2:]) / 2
    half = (boxes[..., 2:] - boxes[..., :2]) / 2
    distance = (points[None, None] - centre[:, :, None]).abs()
    reach = torch.maximum(half[:, :, None], 0.75 * strides[None, None]) if strides is not None else half[:, :, None]
    return (distance < reach).all(3)


@torch.no_grad()
def assign(logits, predicted, points, strides, boxes, labels, ignored):
    """logits [B, N, C], predicted [B, N, 4], points [N, 2], strides [N, 1]; boxes [B, M, 4] with labels
    [B, M], -1 where there is none; ignored [B, M] marks objects that are neither learned nor unlearned."""
    count, classes = len(logits), logits.shape[2]
    real = (labels >= 0) & ~ignored
    iou = pairwise_iou(boxes, predicted)
    rows = torch.arange(count, device=logits.device).view(-1, 1)
    score = logits.float().sigmoid().transpose(1, 2)[rows, labels.clamp(min=0)]
    fit = score ** SCORE_POWER * iou ** IOU_POWER
    # The tiny part that grows towards the centre decides while nothing fits yet.
    centre = (boxes[..., :2] + boxes[..., 2:]) / 2
    nearness = 1 / (1 + (points[None, None] - centre[:, :, None]).norm(dim=3))
    candidate = _inside(points, strides, boxes) & real.unsqueeze(2)
    ranked = torch.where(candidate, fit + 1e-9 * nearness, torch.zeros_like(fit))
    best, place = ranked.topk(CANDIDATES, dim=2)
    chosen = torch.zeros_like(candidate).scatter_(2, place, best > 0)
    # A point that several objects want learns the one that its box overlaps most.
    owner = torch.where(chosen, iou + 1e-6, torch.full_like(iou, -1)).argmax(1)
    chosen &= torch.zeros_like(chosen).scatter_(1, owner.unsqueeze(1), True)
    positive = chosen.any(1)
    fit = fit * chosen
    quality = fit / fit.amax(2, keepdim=True).clamp(min=1e-9) * (iou * chosen).amax(2, keepdim=True)
    target = quality.gather(1, owner.unsqueeze(1)).squeeze(1) * positive
    scores = torch.zeros(count, len(points), classes, device=logits.device)
    scores.scatter_(2, labels.clamp(min=0).gather(1, owner).unsqueeze(2), target.unsqueeze(2))
    veiled = (_inside(points, None, boxes) & (ignored & (labels >= 0)).unsqueeze(2)).any(1)
    return Assignment(scores, boxes.gather(1, owner.unsqueeze(2).expand(-1, -1, 4)), positive, positive | ~veiled)
