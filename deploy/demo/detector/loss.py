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
"""What training minimises."""

import torch
import torch.nn.functional as functional

from detector.assignment import assign
from detector.boxes import complete_iou

BOX_WEIGHT = 2.5


def detection_loss(logits, predicted, points, strides, truth):
    """Class loss and box loss of a batch; see `detector.assignment` for the arguments.

    Classes: binary cross-entropy with the overlap that a point reaches as its target. Boxes: CIoU,
    weighted by the same target. Both are divided by the sum of the targets.
    """
    given = assign(logits, predicted, points, strides, *truth)
    total = given.scores.sum().clamp(min=1.0)
    entropy = functional.binary_cross_entropy_with_logits(logits.float(), given.scores, reduction="none")
    class_loss = (entropy.sum(2) * given.counted).sum() / total
    weight = given.scores.sum(2) * given.positive
    box_loss = ((1 - complete_iou(predicted, given.boxes)) * weight).sum() / total
    return class_loss, BOX_WEIGHT * box_loss
