#!/usr/bin/env python3
"""Times torchvision's batched_nms on the candidates that SuppressionBenchmark wrote.

usage: suppression.py FOLDER THRESHOLD...

Prints a JSON object a line: milliseconds a batch of 32 images, in one call for all (images and classes
told apart by their index) and in a call an image, whichever a program may choose. Suppression alone is
timed, until the host knows how many boxes are left; decoding, thresholds and scaling come on top.
"""
import json
import pathlib
import sys
import time

import numpy
import torch
import torchvision

BATCH, CALLS, WARM_UP = 32, 100, 10


def milliseconds(work):
    for _ in range(WARM_UP):
        work()
    torch.cuda.synchronize()
    start = time.perf_counter()
    for _ in range(CALLS):
        work()
    torch.cuda.synchronize()
    return (time.perf_counter() - start) / CALLS * 1e3


def main():
    folder, thresholds = pathlib.Path(sys.argv[1]), sys.argv[2:]
    for threshold in thresholds:
        numbers = numpy.fromfile(folder / f"candidates-{threshold}.bin", "<f4").reshape(-1, 6)
        one = torch.from_numpy(numbers).cuda()
        boxes, scores, classes = one[:, :4].contiguous(), one[:, 4].contiguous(), one[:, 5].long()
        all_boxes, all_scores = boxes.repeat(BATCH, 1), scores.repeat(BATCH)
        images = torch.arange(BATCH, device="cuda").repeat_interleave(len(one))
        groups = images * 80 + classes.repeat(BATCH)
        nms = torchvision.ops.batched_nms
        print(json.dumps({
            "score_threshold": float(threshold),
            "batch": BATCH,
            "candidates_per_image": len(one),
            "detections_per_image": len(nms(boxes, scores, classes, 0.45)),
            "one_call_milliseconds": round(milliseconds(
                lambda: nms(all_boxes, all_scores, groups, 0.45)), 4),
            "a_call_an_image_milliseconds": round(milliseconds(
                lambda: [nms(boxes, scores, classes, 0.45) for _ in range(BATCH)]), 4),
            "torch": torch.__version__,
            "torchvision": torchvision.__version__,
            "card": torch.cuda.get_device_name(),
        }))


if __name__ == "__main__":
    main()
