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
"""The renderer: boxes lie where the pictures show them, visibility is what is seen."""

import unittest

import numpy as np
import torch

from scenes import camera, movers, sketch, street
from scenes.batch import collate
from scenes.render import Renderer

WIDTH, HEIGHT = 320, 180


def empty_scene(actors):
    scene = street.sample_scene(np.random.default_rng(3), street.TRAINING)
    scene.street = street.Street(np.array([0.0, 1.0]), np.array([1.0, 0.0]), 20.0, 2, (3.0, 3.0), -1000.0, False)
    scene.camera = street.Camera(1.0, 5.0, 0.15)
    scene.light = street.Light(1.0, 0.0, (0.5, 0.5), 0.0, 0.0)
    scene.actors = actors
    return scene


def actor(kind, across, along, seed=0, identity=1, view="side", speed=0.0):
    random = np.random.default_rng(seed)
    return street.Actor(kind, view, False, 1, across, along, 0.0, speed, 0.7, 0.0,
                        random.random(sketch.Style.DRAWS), random.random((sketch.Style.PAINTS, 3)), identity)


def render(actors, crop=True, size=(WIDTH, HEIGHT)):
    return Renderer(sprite=(size[1], size[0]), crop=crop).render(collate([empty_scene(actors)], most=4), *size)


class RendererTest(unittest.TestCase):
    def test_box_is_where_the_thing_changes_the_picture(self):
        without = render([]).radiance
        for kind in street.LABELS:
            for view in ("side", "end"):
                with self.subTest(kind=kind, view=view):
                    scene = [actor(kind, 3.0, 1.0, view=view)]
                    rendered = render(scene)
                    changed = ((rendered.radiance - without).abs().sum(1)[0] > 0.02).numpy()
                    x1, y1, x2, y2 = rendered.boxes[0, 0].tolist()
                    # The last rows also hold the soft shadow below the thing.
                    columns = np.nonzero(changed[:int(y2) - 4].any(0))[0]
                    rows = np.nonzero(changed.any(1))[0]
                    self.assertAlmostEqual(rows.min(), y1, delta=2)
                    self.assertAlmostEqual(columns.min(), x1, delta=3)
                    self.assertAlmostEqual(columns.max(), x2, delta=3)

    def test_the_nearer_thing_hides_the_farther(self):
        rendered = render([actor("bus", 0.0, 0.0, identity=7), actor("person", 6.0, 0.0, identity=8)])
        self.assertEqual(rendered.identity[0, :2].tolist(), [7, 8])
        self.assertGreater(rendered.visibility[0, 0], 0.98)
        self.assertLess(rendered.visibility[0, 1], 0.05)

    def test_a_thing_cut_by_the_frame_is_seen_in_part(self):
        half_out = 0.5 * (20.0 + 3.0)
        rendered = render([actor("bus", 3.0, half_out)])
        self.assertEqual(rendered.boxes[0, 0, 2].item(), WIDTH)
        self.assertAlmostEqual(rendered.visibility[0, 0].item(), 0.5, delta=0.05)

    def test_nothing_has_no_label_and_no_area(self):
        rendered = render([])
        self.assertTrue((rendered.label < 0).all())
        self.assertEqual(rendered.visibility.abs().max().item(), 0)

    def test_windows_give_the_picture_that_whole_frames_give(self):
        things = [actor("car", 1.0, -3.0), actor("person", 5.0, 2.0, 1), actor("tree", -1.0, 4.0, 2)]
        cropped, whole = render(things), render(things, crop=False)
        self.assertLess((cropped.radiance - whole.radiance).abs().mean().item(), 0.01)
        torch.testing.assert_close(cropped.boxes, whole.boxes)

    def test_scenes_repeat_from_their_seed(self):
        first, second = (street.sample_scene(np.random.default_rng(5), street.HELD_OUT) for _ in range(2))
        a, b = collate([first]), collate([second])
        torch.testing.assert_close(a.primitives, b.primitives, rtol=0, atol=0)
        torch.testing.assert_close(a.place, b.place, rtol=0, atol=0)

    def test_things_move_along_their_street(self):
        moving = actor("car", 1.0, -3.0, speed=4.0)
        places = [collate([empty_scene([moving])], [second]).place[0, 0, 0].item() for second in (0.0, 0.5)]
        self.assertAlmostEqual(places[1] - places[0], 2.0, places=4)


class DomainTest(unittest.TestCase):
    def test_training_never_sees_what_is_held_out(self):
        random = np.random.default_rng(1)
        heights = {domain.name: [street.sample_scene(random, domain).camera.height for _ in range(40)]
                   for domain in (street.TRAINING, street.HELD_OUT)}
        low, high = street.HELD_OUT.camera_heights[0]
        self.assertTrue(all(low <= height <= high for height in heights["held-out"]))
        self.assertFalse(any(low < height < high for height in heights["training"]))

    def test_training_paints_leave_out_the_kept_hues(self):
        import colorsys
        random = np.random.default_rng(1)
        low, high = street.TRAINING.kept_hues
        for domain, allowed in ((street.TRAINING, False), (street.HELD_OUT, True)):
            hues = [colorsys.rgb_to_hsv(*street.paint(random, domain, neutral=0.0))[0] for _ in range(300)]
            inside = [low + 1e-6 < hue < high - 1e-6 for hue in hues]
            self.assertEqual(any(inside), allowed, domain.name)


class SketchTest(unittest.TestCase):
    def test_extent_of_simple_shapes(self):
        shape = sketch.Sketch(1)
        shape.disc(1.0, 2.0, 0.5, (1, 1, 1))
        np.testing.assert_allclose(sketch.extent(shape.primitives()), [[0.5, 1.5, 1.5, 2.5]], atol=1e-6)
        shape.limb((0, 0), (0, 4), 0.25, (1, 1, 1))
        np.testing.assert_allclose(sketch.extent(shape.primitives()), [[-0.25, -0.25, 1.5, 4.25]], atol=1e-6)

    def test_transparent_primitives_have_no_extent(self):
        shape = sketch.Sketch(1)
        shape.box(0, 1, 1, 1, (1, 1, 1))
        shape.box(9, 9, 1, 1, (1, 1, 1), opacity=0.0)
        np.testing.assert_allclose(sketch.extent(shape.primitives()), [[-1, 0, 1, 2]], atol=1e-6)

    def test_every_mover_stands_on_the_ground_at_life_size(self):
        heights = {"person": (1.4, 2.0), "bicycle": (1.5, 2.1), "car": (1.2, 1.8), "bus": (2.8, 3.5), "truck": (2.8, 3.7)}
        random = np.random.default_rng(0)
        style = lambda: sketch.Style(random.random((50, 32)), random.random((50, 4, 3)))
        for kind, (low, high) in heights.items():
            for view in ("side", "end"):
                build = getattr(movers, f"{kind}_{view}")
                bounds = sketch.extent(build(style(), random.uniform(0, 6, 50), random.random(50) < 0.5))
                with self.subTest(kind=kind, view=view):
                    self.assertLess(np.abs(bounds[:, 1]).max(), 0.12)
                    self.assertTrue(((bounds[:, 3] > low) & (bounds[:, 3] < high)).all())


class CameraTest(unittest.TestCase):
    def test_jpeg_of_high_quality_changes_little_and_of_low_quality_more(self):
        random = torch.Generator().manual_seed(0)
        smooth = torch.nn.functional.interpolate(torch.rand(1, 3, 6, 8, generator=random), (51, 70), mode="bicubic").clamp(0, 1)
        errors = [(camera.simulate_jpeg(smooth, torch.tensor([q])) - smooth).abs().mean().item() for q in (98.0, 20.0)]
        self.assertLess(errors[0], 0.01)
        self.assertGreater(errors[1], 2 * errors[0])

    def test_blur_of_zero_changes_nothing(self):
        picture = torch.rand(2, 3, 12, 16)
        blurred = camera.blur(picture, torch.tensor([0.0, 1.0]))
        torch.testing.assert_close(blurred[0], picture[0])
        self.assertGreater((blurred[1] - picture[1]).abs().mean(), 0.05)

    def test_only_light_above_white_glares(self):
        dim = torch.full((1, 3, 40, 40), 0.9)
        torch.testing.assert_close(camera.add_glare(dim), dim)
        lamp = dim.clone()
        lamp[:, :, 18:22, 18:22] = 3.0
        self.assertGreater((camera.add_glare(lamp) - lamp)[0, 0, 20, 28], 0)


if __name__ == "__main__":
    unittest.main()
