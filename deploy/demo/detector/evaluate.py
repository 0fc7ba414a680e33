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
"""Measures the exported network on scenes that training never drew.

    python3 -m detector.evaluate --onnx detector.onnx --output evaluation.json     (in deploy/demo)

The scenes come from the held-out domain (`scenes.street.HELD_OUT`) with a seed of their own, are saved
as JPEG and read back, and go through ONNX Runtime on the CPU, as frames do in the product.
"""

import argparse
import hashlib
import io
import json
import pathlib
import platform
import sys
import time

import numpy as np
import torch
from PIL import Image, ImageDraw

from detector.boxes import select
from detector.data import letterbox, truth
from detector.metrics import Picture, average_precision
from scenes import camera, street
from scenes.batch import collate
from scenes.render import Renderer

SEED = 20_000_000
SHOWN = 12
COLOURS = ("yellow", "cyan", "lime", "orange", "magenta")
FRAMES = (((960, 540), 0.7), ((640, 480), 0.2), ((720, 720), 0.1))


def through_jpeg(picture, quality):
    """A picture [3, H, W] in 0..1 as it is after it was saved as JPEG."""
    pixels = (picture.permute(1, 2, 0) * 255).round().byte().cpu().numpy()
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=quality)
    return torch.from_numpy(np.array(Image.open(file))).permute(2, 0, 1).float() / 255


def held_out_pictures(count, device, batch):
    """Yields the input images [b, 3, S, S] and their truth, a few at a time."""
    renderer = Renderer(sprite=(192, 256))
    for (width, height), share in FRAMES:
        left = round(count * share)
        random = np.random.default_rng((SEED, width))
        generator = torch.Generator(device).manual_seed(SEED)
        while left > 0:
            size = min(batch, left)
            left -= size
            scenes = [street.sample_scene(random, street.HELD_OUT, width / height) for _ in range(size)]
            settings = camera.sample_settings(random, size)
            qualities = settings.quality.int().tolist()
            settings.quality.zero_()
            rendered = renderer.render(collate(scenes, device=device), width, height)
            pictures = camera.develop(rendered.radiance, settings.to(device), generator)
            decoded = torch.stack([through_jpeg(p, q) for p, q in zip(pictures, qualities)])
            images, placing = letterbox(decoded)
            yield (images * 255).round() / 255, [t.cpu().numpy() for t in truth(rendered, placing)]


def annotated(image, picture):
    """An input image with what was found in colour, and in white what counts and was to be found."""
    canvas = Image.fromarray((image.permute(1, 2, 0) * 255).byte().numpy())
    pen = ImageDraw.Draw(canvas)
    for box in picture.true_boxes[~picture.ignored]:
        pen.rectangle(box.tolist(), outline="white")
    for box, score, label in zip(picture.boxes, picture.scores, picture.labels):
        if score >= 0.35:
            pen.rectangle(box.tolist(), outline=COLOURS[label])
            pen.text((box[0] + 2, box[1]), f"{street.LABELS[label]} {score:.2f}", fill=COLOURS[label])
    return canvas


def sheet(images):
    """Images side by side, four in a row."""
    size = images[0].size[0]
    result = Image.new("RGB", (4 * size, -(-len(images) // 4) * size))
    for index, image in enumerate(images):
        result.paste(image, (index % 4 * size, index // 4 * size))
    return result


def evaluate(options):
    import onnxruntime
    session = onnxruntime.InferenceSession(options.onnx, providers=["CPUExecutionProvider"])
    pictures, shown, spent = [], [], 0.0
    for images, (boxes, labels, ignored) in held_out_pictures(options.count, torch.device(options.device), options.batch):
        start = time.perf_counter()
        outputs = session.run(["output0"], {"images": images.numpy()})[0]
        spent += time.perf_counter() - start
        for b, output in enumerate(outputs):
            there = labels[b] >= 0
            pictures.append(Picture(*select(output), boxes[b][there], labels[b][there], ignored[b][there]))
            if len(pictures) % max(options.count // SHOWN, 1) == 0:
                shown.append(annotated(images[b], pictures[-1]))
    if options.sheet:
        sheet(shown).save(options.sheet)
    table, counts = average_precision(pictures, len(street.LABELS))
    return {
        "map50": float(np.nanmean(table[0])), "map50_95": float(np.nanmean(table)),
        "classes": {name: {"ap50": float(table[0, i]), "ap50_95": float(table[:, i].mean()), "objects": int(counts[i])}
                    for i, name in enumerate(street.LABELS)},
        "pictures": len(pictures), "ignored_objects": int(sum(p.ignored.sum() for p in pictures)),
        "milliseconds_a_picture": 1000 * spent / len(pictures),
        "onnx": {"bytes": pathlib.Path(options.onnx).stat().st_size,
                 "sha256": hashlib.sha256(pathlib.Path(options.onnx).read_bytes()).hexdigest()},
        "machine": machine(options.device),
        "versions": {"python": platform.python_version(), "torch": torch.__version__,
                     "numpy": np.__version__, "onnxruntime": onnxruntime.__version__},
        "command": "python3 -m detector.evaluate " + " ".join(sys.argv[1:]),
    }


def machine(device):
    name = torch.cuda.get_device_name(0) if device == "cuda" else "none"
    models = [line.split(":", 1)[1].strip() for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines()
              if line.startswith("model name")]
    return {"gpu": name, "cpu": models[0] if models else platform.processor(), "cores": len(models)}


def main():
    parser = argparse.ArgumentParser(description="Measures the demo's detector on held-out scenes.")
    parser.add_argument("--onnx", required=True)
    parser.add_argument("--output", required=True)
    parser.add_argument("--sheet", help="file for a contact sheet of some pictures with detections")
    parser.add_argument("--count", type=int, default=1000, help="pictures")
    parser.add_argument("--batch", type=int, default=25, help="pictures rendered at a time")
    parser.add_argument("--device", default="cuda", help="where the scenes are rendered")
    options = parser.parse_args()
    result = evaluate(options)
    pathlib.Path(options.output).write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
