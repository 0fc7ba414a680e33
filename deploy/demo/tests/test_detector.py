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
"""Assignment, loss, suppression and average precision, against results worked out by hand."""

import importlib.util
import pathlib
import tempfile
import unittest

import numpy as np
import torch

from detector.assignment import assign
from detector.boxes import complete_iou, pairwise_iou, select
from detector.data import letterbox
from detector.export import export, raw_output, verify
from detector.loss import detection_loss
from detector.metrics import Picture, average_precision
from detector.network import Detector, grid_points

SIZE = 96


def exact(boxes, labels, classes=2):
    """Logits and boxes of a network that draws the first object's box at every point."""
    points, strides = grid_points(SIZE)
    logits = torch.full((1, len(points), classes), -2.0)
    return logits, boxes[:, :1].expand(-1, len(points), -1).clone(), points, strides


class AssignmentTest(unittest.TestCase):
    def test_points_inside_learn_the_object_and_points_outside_do_not(self):
        boxes, labels = torch.tensor([[[20.0, 20.0, 60.0, 60.0]]]), torch.tensor([[1]])
        given = assign(*exact(boxes, labels), boxes, labels, torch.zeros(1, 1, dtype=torch.bool))
        points, _ = grid_points(SIZE)
        inside = ((points > 20) & (points < 60)).all(1)
        self.assertTrue(given.positive.any())
        self.assertFalse((given.positive[0] & ~inside).any())
        self.assertEqual(int(given.positive.sum()), 10)
        self.assertAlmostEqual(given.scores[0, :, 1].max().item(), 1.0, places=4)
        self.assertEqual(given.scores[0, :, 0].max().item(), 0)

    def test_a_tiny_object_is_learned_by_some_point(self):
        boxes, labels = torch.tensor([[[40.5, 40.5, 43.0, 47.0]]]), torch.tensor([[0]])
        given = assign(*exact(boxes, labels), boxes, labels, torch.zeros(1, 1, dtype=torch.bool))
        self.assertGreater(int(given.positive.sum()), 0)

    def test_ignored_objects_are_neither_learned_nor_background(self):
        boxes, labels = torch.tensor([[[20.0, 20.0, 60.0, 60.0]]]), torch.tensor([[1]])
        given = assign(*exact(boxes, labels), boxes, labels, torch.ones(1, 1, dtype=torch.bool))
        points, _ = grid_points(SIZE)
        inside = ((points > 20) & (points < 60)).all(1)
        self.assertFalse(given.positive.any())
        torch.testing.assert_close(given.counted[0], ~inside)

    def test_no_objects(self):
        boxes, labels = torch.zeros(1, 3, 4), -torch.ones(1, 3, dtype=torch.long)
        given = assign(*exact(boxes, labels), boxes, labels, torch.zeros(1, 3, dtype=torch.bool))
        self.assertFalse(given.positive.any())
        self.assertTrue(given.counted.all())
        self.assertEqual(given.scores.abs().max().item(), 0)

    def test_a_point_learns_one_object_only(self):
        boxes = torch.tensor([[[10.0, 10.0, 70.0, 70.0], [20.0, 20.0, 60.0, 60.0]]])
        labels = torch.tensor([[0, 1]])
        given = assign(*exact(boxes, labels), boxes, labels, torch.zeros(1, 2, dtype=torch.bool))
        self.assertLessEqual(int((given.scores > 0).sum(2).max()), 1)


class BoxesTest(unittest.TestCase):
    def test_overlap(self):
        first = torch.tensor([[[0.0, 0.0, 10.0, 10.0]]])
        second = torch.tensor([[[0.0, 0.0, 10.0, 10.0], [5.0, 0.0, 15.0, 10.0], [20.0, 20.0, 30.0, 30.0]]])
        torch.testing.assert_close(pairwise_iou(first, second), torch.tensor([[[1.0, 1 / 3, 0.0]]]))

    def test_complete_overlap_punishes_distance(self):
        box = torch.tensor([[0.0, 0.0, 10.0, 10.0]])
        self.assertAlmostEqual(complete_iou(box, box).item(), 1.0, places=5)
        near, far = torch.tensor([[12.0, 0.0, 22.0, 10.0]]), torch.tensor([[50.0, 0.0, 60.0, 10.0]])
        self.assertGreater(complete_iou(box, near).item(), complete_iou(box, far).item())
        self.assertAlmostEqual(complete_iou(box, near).item(), -144 / (22 ** 2 + 10 ** 2), places=5)

    def test_suppression_within_a_class_only(self):
        output = np.zeros((6, 4), np.float32)
        output[:4] = np.array([[50, 50, 20, 20], [51, 50, 20, 20], [50, 50, 20, 20], [80, 80, 10, 10]]).T
        output[4, :2], output[5, 2], output[4, 3] = (0.9, 0.8), 0.7, 0.005
        boxes, scores, labels = select(output)
        np.testing.assert_allclose(scores, [0.9, 0.7])
        self.assertEqual(labels.tolist(), [0, 1])
        np.testing.assert_allclose(boxes[0], [40, 40, 60, 60])


class MetricsTest(unittest.TestCase):
    def picture(self, boxes, scores, true, ignored=None):
        boxes, true = np.array(boxes, float).reshape(-1, 4), np.array(true, float).reshape(-1, 4)
        ignored = np.zeros(len(true), bool) if ignored is None else np.array(ignored)
        return Picture(boxes, np.array(scores), np.zeros(len(boxes), int), true, np.zeros(len(true), int), ignored)

    def ap50(self, *pictures):
        return average_precision(list(pictures), 1)[0][0, 0]

    def test_all_found(self):
        self.assertAlmostEqual(self.ap50(self.picture([[0, 0, 10, 10]], [0.9], [[0, 0, 10, 10]])), 1.0)

    def test_half_found(self):
        picture = self.picture([[0, 0, 10, 10]], [0.9], [[0, 0, 10, 10], [50, 50, 60, 60]])
        self.assertAlmostEqual(self.ap50(picture), 51 / 101)

    def test_a_better_scored_false_alarm_halves_precision(self):
        picture = self.picture([[80, 80, 90, 90], [0, 0, 10, 10]], [0.9, 0.8], [[0, 0, 10, 10]])
        self.assertAlmostEqual(self.ap50(picture), 0.5)

    def test_a_second_detection_of_an_object_is_a_false_alarm(self):
        picture = self.picture([[0, 0, 10, 10], [0, 0, 10, 9.5]], [0.9, 0.8], [[0, 0, 10, 10], [50, 50, 60, 60]])
        other = self.picture([[50, 50, 60, 60]], [0.7], [[50, 50, 60, 60]])
        self.assertAlmostEqual(self.ap50(picture, other), (34 + 33 * 2 / 3) / 101, places=2)

    def test_ignored_objects_do_not_count(self):
        picture = self.picture([[50, 50, 60, 60], [0, 0, 10, 10]], [0.9, 0.8],
                               [[0, 0, 10, 10], [50, 50, 60, 60], [80, 80, 90, 90]], [False, True, True])
        self.assertAlmostEqual(self.ap50(picture), 1.0)

    def test_strict_overlaps_ask_for_exact_boxes(self):
        table, counts = average_precision([self.picture([[0, 0, 10, 7.2]], [0.9], [[0, 0, 10, 10]])], 1)
        np.testing.assert_allclose(table[:, 0], [1, 1, 1, 1, 1, 0, 0, 0, 0, 0])
        self.assertEqual(counts.tolist(), [1])


class NetworkTest(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(0)

    def test_letterbox_places_a_wide_picture_in_the_middle(self):
        images, (scale, left, top) = letterbox(torch.ones(1, 3, 540, 960))
        self.assertEqual((images.shape[2:], left, top), ((416, 416), 0, 91))
        self.assertAlmostEqual(scale, 416 / 960)
        self.assertTrue((images[:, :, 91:325] > 0.999).all())
        self.assertTrue((images[:, :, :91] < 0.5).all() and (images[:, :, 325:] < 0.5).all())

    def test_folding_keeps_the_function(self):
        network = Detector(2, (8, 8, 8, 8, 8), 8, SIZE).train()
        network(torch.rand(4, 3, SIZE, SIZE))
        images = torch.rand(2, 3, SIZE, SIZE)
        torch.testing.assert_close(raw_output(network.folded(), images), raw_output(network.eval(), images), atol=1e-3, rtol=1e-4)

    def test_learns_two_rectangles(self):
        network = Detector(2, (8, 16, 16, 16, 16), 16, SIZE)
        images = torch.rand(2, 3, SIZE, SIZE) * 0.2
        boxes = torch.tensor([[[10.0, 12.0, 40.0, 50.0]], [[40.0, 30.0, 80.0, 60.0]]])
        labels = torch.tensor([[0], [1]])
        images[0, :, 12:50, 10:40] = 0.9
        images[1, :, 30:60, 40:80] = 0.6
        truth = (boxes, labels, torch.zeros(2, 1, dtype=torch.bool))
        optimiser = torch.optim.AdamW(network.parameters(), 3e-3)
        for _ in range(60):
            loss = sum(detection_loss(*network(images), network.points, network.strides, truth))
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
        outputs = raw_output(network, images).numpy()
        for index, output in enumerate(outputs):
            found, scores, kinds = select(output)
            self.assertEqual(kinds[0], labels[index, 0])
            self.assertGreater(pairwise_iou(torch.tensor(found[None, :1]), boxes[index:index + 1]).item(), 0.6)

    @unittest.skipUnless(importlib.util.find_spec("onnx") and importlib.util.find_spec("onnxruntime"),
                         "needs onnx and onnxruntime")
    def test_onnx_gives_what_pytorch_gives(self):
        network = Detector(5).eval()
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "detector.onnx"
            export(network, path)
            self.assertLess(path.stat().st_size, 6_000_000)
            verify(network, path)


if __name__ == "__main__":
    unittest.main()
