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
"""Draws the demo's clips: scenes over time as JPEG frames, with ground truth.

    python3 -m scenes.clip --output DIR --jobs 4     (in deploy/demo)

It writes DIR/clips-1.tar and so on, parts of at most 15 MB, which unpack to one folder a clip as
MOTChallenge lays it out: NAME/img1/000001.jpg and so on, NAME/gt/gt.txt and NAME/seqinfo.ini.
A line of gt.txt is frame, identity, left, top, width, height, counted, class, visibility; frames,
identities and pixels count from 1; class is the label's number plus 1; counted is 0 for objects of
which too little is seen, as in training.
"""

import argparse
import io
import multiprocessing
import pathlib
import tarfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np
import torch
from PIL import Image

from scenes import camera, street
from scenes.batch import collate
from scenes.counting import counts
from scenes.render import Renderer

FRAMES_A_SECOND = 25
PART = 15_000_000
QUALITY = 80


@dataclass(frozen=True)
class Clip:
    """A scene and how it is filmed. dusk: the light falls from `day` to `dusk` between the first frame
    and the last."""

    name: str
    seed: int
    avenue: bool
    width: int
    height: int
    seconds: int
    day: float
    dusk: float


CLIPS = (
    Clip("crossing", 11, False, 960, 540, 20, 1.0, 0.35),
    Clip("avenue", 9, True, 640, 360, 12, 0.9, 0.9),
    Clip("evening", 34, False, 640, 360, 12, 0.1, 0.0),
)


def scene_of(clip):
    return street.sample_scene(np.random.default_rng(clip.seed), street.HELD_OUT, clip.width / clip.height,
                               seconds=clip.seconds, avenue=clip.avenue, crossers=False, day=clip.day)


def truth_lines(rendered, frame, clip):
    """The lines of gt.txt for one frame, the nearest object first."""
    for k in range(rendered.label.shape[1]):
        label, visibility = int(rendered.label[0, k]), float(rendered.visibility[0, k])
        x1, y1, x2, y2 = rendered.boxes[0, k].tolist()
        if label < 0 or x2 - x1 < 1 or y2 - y1 < 1:
            continue
        counted = int(counts(x2 - x1, y2 - y1, visibility, max(clip.width, clip.height)))
        yield (f"{frame},{int(rendered.identity[0, k])},{x1 + 1:.2f},{y1 + 1:.2f},{x2 - x1:.2f},{y2 - y1:.2f},"
               f"{counted},{label + 1},{visibility:.3f}")


def draw_frame(clip, scene, frame):
    """The picture [H, W, 3] in bytes of a frame, counted from 1, and its lines of ground truth."""
    count = clip.seconds * FRAMES_A_SECOND
    scene.light.day = clip.day + (clip.dusk - clip.day) * (frame - 1) / (count - 1)
    renderer = Renderer(sprite=(clip.height, clip.width), crop=True)
    batch = collate([scene], [(frame - 1) / FRAMES_A_SECOND], most=64)
    rendered = renderer.render(batch, clip.width, clip.height)
    generator = torch.Generator().manual_seed(clip.seed * 100_000 + frame)
    picture = camera.develop(rendered.radiance, camera.uniform_settings(1, noise=0.002), generator)
    pixels = (picture[0].permute(1, 2, 0) * 255).round().byte().numpy()
    return pixels, list(truth_lines(rendered, frame, clip))


def draw_frames(clip, numbers):
    """[(JPEG, lines of ground truth)] of some frames; runs in worker processes."""
    torch.set_num_threads(1)
    scene, result = scene_of(clip), []
    for number in numbers:
        pixels, lines = draw_frame(clip, scene, number)
        file = io.BytesIO()
        Image.fromarray(pixels).save(file, "JPEG", quality=QUALITY)
        result.append((file.getvalue(), lines))
    return result


class Archive:
    """Tar files of limited size, clips-1.tar and so on."""

    def __init__(self, folder):
        self._folder, self._part = folder, 0
        self._open()

    def _open(self):
        self._part += 1
        self._written = 0
        self._tar = tarfile.open(self._folder / f"clips-{self._part}.tar", "w")

    def add(self, path, data):
        if self._written + len(data) + 1024 > PART:
            self._tar.close()
            self._open()
        entry = tarfile.TarInfo(path)
        entry.size = len(data)
        self._tar.addfile(entry, io.BytesIO(data))
        self._written += len(data) + 1024

    def close(self):
        self._tar.close()


def sequence_info(clip):
    return (f"[Sequence]\nname={clip.name}\nimDir=img1\nframeRate={FRAMES_A_SECOND}\n"
            f"seqLength={clip.seconds * FRAMES_A_SECOND}\nimWidth={clip.width}\nimHeight={clip.height}\nimExt=.jpg\n")


def write(clip, archive, pool):
    count = clip.seconds * FRAMES_A_SECOND
    chunks = [range(start, min(start + 10, count + 1)) for start in range(1, count + 1, 10)]
    number, lines = 0, []
    for drawn in pool.map(draw_frames, [clip] * len(chunks), chunks):
        for jpeg, found in drawn:
            number += 1
            archive.add(f"{clip.name}/img1/{number:06d}.jpg", jpeg)
            lines += found
    archive.add(f"{clip.name}/gt/gt.txt", ("\n".join(lines) + "\n").encode())
    archive.add(f"{clip.name}/seqinfo.ini", sequence_info(clip).encode())


def main():
    parser = argparse.ArgumentParser(description="Draws the demo's clips as JPEG frames with ground truth.")
    parser.add_argument("--output", required=True, help="folder for the tar files")
    parser.add_argument("--jobs", type=int, default=1, help="processes that draw")
    options = parser.parse_args()
    folder = pathlib.Path(options.output)
    folder.mkdir(parents=True, exist_ok=True)
    archive = Archive(folder)
    with ProcessPoolExecutor(options.jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
        for clip in CLIPS:
            write(clip, archive, pool)
            print(f"{clip.name}: {clip.seconds * FRAMES_A_SECOND} frames", flush=True)
    archive.close()


if __name__ == "__main__":
    main()
