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
"""Overlap of boxes, and suppression of those that show the same object."""

import numpy as np
import torch


def pairwise_iou(first, second):
    """[B, M, 4] and [B, N, 4] as x1, y1, x2, y2 to [B, M, N]."""
    low = torch.maximum(first[:, :, None, :2], second[:, None, :, :2])
    high = torch.minimum(first[:, :, None, 2:], second[:, None, :, 2:])
    shared = (high - low).clamp(min=0).prod(3)
    areas = [(boxes[..., 2:] - boxes[..., :2]).clamp(min=0).prod(2) for boxes in (first, second)]
    return shared / (areas[0][:, :, None] + areas[1][:, None, :] - shared).clamp(min=1e-9)


def complete_iou(first, second):
    """CIoU (arXiv:1911.08287) of boxes [..., 4] with their counterparts: overlap, less the distance of
    the centres, less the difference of the aspect ratios."""
    low, high = torch.maximum(first[..., :2], second[..., :2]), torch.minimum(first[..., 2:], second[..., 2:])
    shared = (high - low).clamp(min=0).prod(-1)
    size1, size2 = first[..., 2:] - first[..., :2], second[..., 2:] - second[..., :2]
    iou = shared / (size1.prod(-1) + size2.prod(-1) - shared).clamp(min=1e-7)
    hull = torch.maximum(first[..., 2:], second[..., 2:]) - torch.minimum(first[..., :2], second[..., :2])
    apart = ((first[..., :2] + first[..., 2:] - second[..., :2] - second[..., 2:]) ** 2).sum(-1) / 4
    angle1 = torch.atan(size1[..., 0] / size1[..., 1].clamp(min=1e-3))
    angle2 = torch.atan(size2[..., 0] / size2[..., 1].clamp(min=1e-3))
    aspect = 4 / torch.pi ** 2 * (angle1 - angle2) ** 2
    with torch.no_grad():
        weight = aspect / (1 - iou + aspect).clamp(min=1e-7)
    return iou - apart / (hull ** 2).sum(-1).clamp(min=1e-7) - weight * aspect


def iou_matrix(first, second):
    """NumPy boxes [M, 4] and [N, 4] as x1, y1, x2, y2 to [M, N]."""
    low = np.maximum(first[:, None, :2], second[None, :, :2])
    high = np.minimum(first[:, None, 2:], second[None, :, 2:])
    shared = np.clip(high - low, 0, None).prod(2)
    areas = [np.clip(boxes[:, 2:] - boxes[:, :2], 0, None).prod(1) for boxes in (first, second)]
    return shared / np.maximum(areas[0][:, None] + areas[1][None] - shared, 1e-9)


def select(output, score_threshold=0.01, iou_threshold=0.6, most=100):
    """Detections of one picture from the network's output [4 + C, N]: boxes [n, 4] as x1, y1, x2, y2,
    scores [n] and labels [n], the best first; greedy suppression within each class."""
    labels, points = np.nonzero(output[4:] > score_threshold)
    scores = output[4 + labels, points]
    order = np.argsort(-scores, kind="stable")[:1000]
    labels, scores, centres = labels[order], scores[order], output[:4, points[order]].T
    boxes = np.concatenate([centres[:, :2] - centres[:, 2:] / 2, centres[:, :2] + centres[:, 2:] / 2], 1)
    overlap = (iou_matrix(boxes, boxes) > iou_threshold) & (labels[:, None] == labels[None])
    alive = np.ones(len(boxes), bool)
    kept = []
    for index in range(len(boxes)):
        if alive[index]:
            kept.append(index)
            if len(kept) == most:
                break
            alive &= ~overlap[index]
    return boxes[kept], scores[kept], labels[kept]
