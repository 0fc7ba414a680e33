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
"""Trains the detector for a given time and writes it as ONNX.

    python3 -m detector.train --minutes 6 --output DIR     (in deploy/demo)

The learning rate follows the clock, not a count of steps, so that training ends on time on any
machine; compilation, if asked for, comes before. Written to DIR: detector.pt (the averaged weights, every minute), detector.onnx, train.json.
"""

import argparse
import copy
import json
import math
import pathlib
import time

import numpy as np
import torch

from detector.boxes import select
from detector.data import SceneStream
from detector.export import export, raw_output, verify
from detector.loss import detection_loss
from detector.metrics import Picture, average_precision
from detector.network import Detector
from scenes import street

PEAK_RATE = 2e-3
FINAL_SHARE = 0.01
WARMUP_STEPS = 200
WEIGHT_DECAY = 0.02
AVERAGING = 0.9995


class Average:
    """Exponential moving average of a network's weights, quicker at the start."""

    def __init__(self, network):
        self.network = copy.deepcopy(network).eval().requires_grad_(False)
        self._steps = 0

    @torch.no_grad()
    def update(self, network):
        self._steps += 1
        keep = min(AVERAGING, self._steps / (self._steps + 20))
        mine, theirs = self.network.state_dict(), network.state_dict()
        floats = [name for name, value in mine.items() if value.dtype.is_floating_point]
        torch._foreach_lerp_([mine[n] for n in floats], [theirs[n] for n in floats], 1 - keep)


def learning_rate(step, share):
    """share: how much of the time has passed, 0..1."""
    cosine = FINAL_SHARE + (1 - FINAL_SHARE) * (1 + math.cos(math.pi * min(share, 1))) / 2
    return PEAK_RATE * min(1, (step + 1) / WARMUP_STEPS) * cosine


def optimiser(network):
    """AdamW; biases and normalisations do not decay."""
    decayed = [p for p in network.parameters() if p.ndim > 1]
    others = [p for p in network.parameters() if p.ndim <= 1]
    groups = [{"params": decayed, "weight_decay": WEIGHT_DECAY}, {"params": others, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=PEAK_RATE, betas=(0.9, 0.99))


class Trainer:
    def __init__(self, options):
        self.device = torch.device(options.device)
        torch.manual_seed(options.seed)
        torch.backends.cudnn.benchmark = True
        torch.set_float32_matmul_precision("high")
        self.network = Detector(len(street.LABELS)).to(self.device, memory_format=torch.channels_last)
        self.average = Average(self.network)
        self.optimiser = optimiser(self.network)
        self.forward = torch.compile(self.network) if options.compile else self.network
        self.steps = 0

    def step(self, batch, share):
        rate = learning_rate(self.steps, share)
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        images = batch.images.contiguous(memory_format=torch.channels_last)
        with torch.autocast(self.device.type, torch.bfloat16):
            logits, boxes = self.forward(images)
        class_loss, box_loss = detection_loss(logits, boxes, self.network.points, self.network.strides, batch.truth)
        self.optimiser.zero_grad(set_to_none=True)
        (class_loss + box_loss).backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 10.0)
        self.optimiser.step()
        self.average.update(self.network)
        self.steps += 1
        return class_loss.detach(), box_loss.detach()

    def precision(self, batches):
        """(AP at 0.5, AP at 0.5 to 0.95) of the averaged weights."""
        pictures = []
        for batch in batches:
            outputs = raw_output(self.average.network, batch.images).cpu().numpy()
            boxes, labels, ignored = (t.cpu().numpy() for t in batch.truth)
            for b, output in enumerate(outputs):
                there = labels[b] >= 0
                pictures.append(Picture(*select(output, 0.02), boxes[b][there], labels[b][there], ignored[b][there]))
        table, _ = average_precision(pictures, len(street.LABELS))
        return np.nanmean(table[0]), np.nanmean(table)


class Pool:
    """Fresh batches, each of which comes back `replays` times on average, mirrored by chance: drawing a
    batch costs more than learning from it."""

    def __init__(self, stream, replays, kept=96):
        self._stream, self._replays, self._kept = stream, replays, kept
        self._stored, self._turn = [], 0

    def __next__(self):
        self._turn += 1
        fresh = len(self._stored) < 8 or self._turn % (self._replays + 1) == 0
        if not fresh:
            batch = self._stored[int(torch.randint(len(self._stored), ()))]
        else:
            batch = next(self._stream)
            self._stored = self._stored[-self._kept + 1:] + [batch]
        return batch.mirrored() if torch.rand(()) < 0.5 else batch


def run(options):
    output = pathlib.Path(options.output)
    output.mkdir(parents=True, exist_ok=True)
    trainer = Trainer(options)
    arguments = (options.batch, options.workers, trainer.device, options.compile)
    stream = SceneStream(options.seed, *arguments)
    held_out = SceneStream(options.seed + 1_000_000, options.batch, 1, trainer.device, False, domain=street.HELD_OUT)
    checks = [next(held_out) for _ in range(options.check_batches)]
    held_out.close()
    pool = Pool(stream, options.replays)
    if options.compile:
        trainer.step(next(pool), 0.0)
    start = last_print = last_check = time.monotonic()
    seconds, history = options.minutes * 60, []
    print(f"training for {options.minutes} minutes on {trainer.device}", flush=True)
    while (now := time.monotonic()) - start < seconds:
        losses = trainer.step(next(pool), (now - start) / seconds)
        if not trainer.steps % 10 and time.monotonic() - last_print > 10:
            last_print = time.monotonic()
            entry = {"seconds": round(last_print - start, 1), "steps": trainer.steps,
                     "class_loss": float(losses[0]), "box_loss": float(losses[1])}
            if last_print - last_check > options.check_seconds:
                entry["map50"], entry["map"] = (float(v) for v in trainer.precision(checks))
                torch.save(trainer.average.network.state_dict(), output / "detector.pt")
                last_check = time.monotonic()
            history.append(entry)
            print(json.dumps(entry), flush=True)
    stream.close()
    map50, mean = trainer.precision(checks)
    print(f"{trainer.steps} steps of {options.batch} pictures; quick check: map50 {map50:.4f} map {mean:.4f}", flush=True)
    torch.save(trainer.average.network.state_dict(), output / "detector.pt")
    export(trainer.average.network, output / "detector.onnx")
    verify(trainer.average.network, output / "detector.onnx")
    (output / "train.json").write_text(json.dumps({"options": vars(options), "steps": trainer.steps, "history": history}))


def main():
    parser = argparse.ArgumentParser(description="Trains the demo's detector on rendered scenes.")
    parser.add_argument("--minutes", type=float, default=6.0, help="how long to train")
    parser.add_argument("--output", required=True, help="folder for the results")
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--batch", type=int, default=64, help="pictures a step")
    parser.add_argument("--replays", type=int, default=1, help="how often a picture is learned again")
    parser.add_argument("--workers", type=int, default=10, help="processes that draw scenes")
    parser.add_argument("--check-batches", type=int, default=3)
    parser.add_argument("--check-seconds", type=float, default=45.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--compile", action="store_true", help="compile sprites and network with torch.compile")
    run(parser.parse_args())


if __name__ == "__main__":
    main()
