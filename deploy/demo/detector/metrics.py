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
"""Average precision as COCO defines it: 101 points of recall, ten overlaps from 0.50 to 0.95.

Objects that are marked as ignored count neither as found nor as missed, and a detection on one of them
counts as nothing.
"""

from dataclasses import dataclass

import numpy as np

from detector.boxes import iou_matrix

OVERLAPS = np.linspace(0.5, 0.95, 10)


@dataclass
class Picture:
    """Detections (boxes x1, y1, x2, y2; the best score first) and truth of one picture, as arrays."""

    boxes: np.ndarray
    scores: np.ndarray
    labels: np.ndarray
    true_boxes: np.ndarray
    true_labels: np.ndarray
    ignored: np.ndarray


def _match(iou, ignored, overlap):
    """For each detection, 1 if it finds an object, 0 if not, -1 if it lies on an ignored one."""
    free = ~ignored
    outcome = np.zeros(len(iou), int)
    for index, row in enumerate(iou):
        candidates = np.where(free, row, -1.0)
        best = int(candidates.argmax()) if len(candidates) else -1
        if best >= 0 and candidates[best] >= overlap:
            outcome[index], free[best] = 1, False
        elif (row[ignored] >= overlap).any():
            outcome[index] = -1
    return outcome


def _precision_at_recalls(found, count):
    """Mean over 101 recalls of the best precision at that recall or a higher one."""
    hits = np.cumsum(found)
    recall = hits / count
    precision = hits / np.arange(1, len(found) + 1)
    precision = np.maximum.accumulate(precision[::-1])[::-1]
    places = np.searchsorted(recall, np.linspace(0, 1, 101), side="left")
    return float(np.concatenate([precision, [0.0]])[np.minimum(places, len(precision))].mean())


def average_precision(pictures, classes):
    """Table [10, classes] of average precision, NaN where a class has no object; objects per class."""
    table, counts = np.full((len(OVERLAPS), classes), np.nan), np.zeros(classes, int)
    for label in range(classes):
        scores, outcomes = [], [[] for _ in OVERLAPS]
        for picture in pictures:
            mine, true = picture.labels == label, picture.true_labels == label
            ignored = picture.ignored[true]
            counts[label] += int((~ignored).sum())
            iou = iou_matrix(picture.boxes[mine], picture.true_boxes[true])
            scores.append(picture.scores[mine])
            for index, overlap in enumerate(OVERLAPS):
                outcomes[index].append(_match(iou, ignored, overlap))
        if counts[label] == 0:
            continue
        scores = np.concatenate(scores)
        order = np.argsort(-scores, kind="stable")
        for index in range(len(OVERLAPS)):
            outcome = np.concatenate(outcomes[index])[order]
            table[index, label] = _precision_at_recalls(outcome[outcome >= 0], counts[label])
    return table, counts
