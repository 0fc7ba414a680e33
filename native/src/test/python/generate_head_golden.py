#!/usr/bin/env python3
"""Writes the golden detections of io.frameflow.postprocess.gpu.GoldenHead.

The outputs of networks are numbers that a hash of their place gives, so that the files hold only
how they are made and what is to be found in them. What is to be found comes from torchvision: the
prior boxes, box coder and post-processing of its own SSDLite320, its non-maximum suppression for the
others, whose decoding is written down here in PyTorch from the formulas that their authors publish
(YOLOv3: Redmon and Farhadi, 2018, section 2.1; YOLOv5: the release notes of its version 2.0).

Usage: generate_head_golden.py FOLDER    (made with torch 2.13 and torchvision 0.28)
"""
import json
import math
import pathlib
import sys

import numpy as np
import torch
import torchvision

BATCH = 3
IMAGE = 1
COCO_ANCHORS = [
    [10, 13, 16, 30, 33, 23],
    [30, 61, 62, 45, 59, 119],
    [116, 90, 156, 198, 373, 326],
]


def uniform(count, seed):
    """Numbers from 0 to 1 by a 32-bit hash of their place."""
    x = np.arange(count, dtype=np.uint32) + np.uint32((seed * 0x9E3779B9) & 0xFFFFFFFF)
    x ^= x >> np.uint32(16)
    x *= np.uint32(0x7FEB352D)
    x ^= x >> np.uint32(15)
    x *= np.uint32(0x846CA68B)
    x ^= x >> np.uint32(16)
    return x.astype(np.float64) / 2.0**32


def tensor(output):
    """The numbers of an output: low + (high - low) * u, u squared several times, by channel."""
    shape = [BATCH] + output["shape"]
    u = uniform(math.prod(shape), output["seed"]).reshape(shape)
    channel = np.indices(shape)[output["axis"]]
    result = np.zeros(shape)
    for index, (low, high, squarings) in enumerate(output["channels"]):
        last = index == len(output["channels"]) - 1
        mask = channel >= index if last else channel == index
        value = u[mask]
        for _ in range(squarings):
            value = value * value
        result[mask] = low + (high - low) * value
    return torch.from_numpy(result.astype(np.float32))


def ssdlite(case):
    model = torchvision.models.detection.ssdlite320_mobilenet_v3_large(
        weights=None, weights_backbone=None, score_thresh=case["score"], nms_thresh=case["iou"],
        detections_per_img=1000, topk_candidates=1000)
    model.eval()
    boxes, logits = (tensor(output)[IMAGE : IMAGE + 1] for output in case["outputs"])
    size = (case["height"], case["width"])
    grids = [torch.zeros(1, 1, s, s) for s in (20, 10, 5, 3, 2, 1)]
    images = torchvision.models.detection.image_list.ImageList(torch.zeros(1, 3, *size), [size])
    anchors = model.anchor_generator(images, grids)
    found = model.postprocess_detections(
        {"bbox_regression": boxes, "cls_logits": logits}, anchors, [size])[0]
    return found["boxes"], found["scores"], found["labels"] - 1, None


def suppress(case, boxes, scores, classes, keypoints):
    mask = scores > case["score"]
    boxes, scores, classes = boxes[mask], scores[mask], classes[mask]
    keypoints = None if keypoints is None else keypoints[mask]
    kept = torchvision.ops.batched_nms(boxes, scores, classes, case["iou"])
    return (boxes[kept], scores[kept], classes[kept],
            None if keypoints is None else keypoints[kept])


def corners(rows):
    half = rows[:, 2:4] / 2
    return torch.cat([rows[:, :2] - half, rows[:, :2] + half], 1)


def pose(case):
    rows = tensor(case["outputs"][0])[IMAGE]
    if case["family"] == "yolov8-pose":
        rows = rows.T
        return suppress(case, corners(rows), rows[:, 4], torch.zeros(len(rows), dtype=torch.long),
                        rows[:, 5:].reshape(len(rows), -1, 3))
    return suppress(case, corners(rows), rows[:, 4] * rows[:, 5],
                    torch.zeros(len(rows), dtype=torch.long), rows[:, 6:].reshape(len(rows), -1, 3))


def raw(case):
    rows = []
    for output, anchors in zip(case["outputs"], COCO_ANCHORS):
        values = tensor(output)[IMAGE]
        sides = torch.tensor(anchors, dtype=torch.float32).reshape(3, 1, 1, 2)
        if values.dim() == 3:
            height, width = values.shape[1:]
            values = values.reshape(3, -1, height, width).permute(0, 2, 3, 1)
        height, width = values.shape[1:3]
        stride = case["width"] // width
        y, x = torch.meshgrid(torch.arange(height), torch.arange(width), indexing="ij")
        grid = torch.stack([x, y], 2).float()
        if case["family"] == "yolov3-raw":
            center = (values[..., :2].sigmoid() + grid) * stride
            size = values[..., 2:4].exp() * sides
        else:
            center = (values[..., :2].sigmoid() * 2 - 0.5 + grid) * stride
            size = (values[..., 2:4].sigmoid() * 2) ** 2 * sides
        row = torch.cat([center, size, values[..., 4:].sigmoid()], -1)
        rows.append(row.reshape(-1, row.shape[-1]))
    rows = torch.cat(rows)
    best, classes = rows[:, 5:].max(1)
    return suppress(case, corners(rows), rows[:, 4] * best, classes, None)


def output(name, shape, seed, axis, *channels):
    return {"name": name, "shape": shape, "seed": seed, "axis": axis, "channels": channels}


def raw_case(family, shapes, axis):
    channels = [(-2, 2, 0)] * 4 + [(-8, 4, 2), (-4, 4, 0)]
    if axis == 1:  # channels of three shapes one behind another
        channels = (channels[:5] + [(-4, 4, 0)] * 3) * 3
    return {
        "family": family, "width": 128, "height": 96, "labels": 3, "keypoints": 0,
        "score": 0.3, "iou": 0.45,
        "outputs": [output(f"map{i}", s, 10 + i, axis, *channels) for i, s in enumerate(shapes)],
    }


CASES = [
    ({"family": "ssdlite", "width": 320, "height": 320, "labels": 90, "keypoints": 0,
      "score": 0.5, "iou": 0.55,
      "outputs": [
          output("bbox_regression", [3234, 4], 1, 2, (-4, 4, 0)),
          output("cls_logits", [3234, 91], 2, 2, (4, 6, 0), (-6, 14, 8)),
      ]}, ssdlite),
    ({"family": "yolov8-pose", "width": 320, "height": 320, "labels": 1, "keypoints": 17,
      "score": 0.25, "iou": 0.45,
      "outputs": [output("output0", [56, 2100], 3, 1, (0, 320, 0), (0, 320, 0), (10, 90, 0),
                         (10, 90, 0), (0, 1, 4), (0, 320, 0))]}, pose),
    ({"family": "yolov7-pose", "width": 320, "height": 320, "labels": 1, "keypoints": 17,
      "score": 0.25, "iou": 0.45,
      "outputs": [output("output0", [6375, 57], 4, 2, (0, 320, 0), (0, 320, 0), (10, 90, 0),
                         (10, 90, 0), (0, 1, 4), (0.5, 1, 0), (0, 320, 0))]}, pose),
    (raw_case("yolov3-raw", [[24, 12, 16], [24, 6, 8], [24, 3, 4]], 1), raw),
    (raw_case("yolov5-raw", [[3, 12, 16, 8], [3, 6, 8, 8], [3, 3, 4, 8]], 4), raw),
]


def main(folder):
    for case, find in CASES:
        boxes, scores, classes, keypoints = find(case)
        left, top = boxes[:, 0].clamp(0, case["width"]), boxes[:, 1].clamp(0, case["height"])
        width = boxes[:, 2].clamp(0, case["width"]) - left
        height = boxes[:, 3].clamp(0, case["height"]) - top
        case["image"] = IMAGE
        case["detections"] = []
        for i in range(len(scores)):
            if width[i] > 0 and height[i] > 0:
                numbers = [float(v[i]) for v in (left, top, width, height)]
                detection = {"class": int(classes[i]), "score": round(float(scores[i]), 6),
                             "box": [round(v, 4) for v in numbers]}
                if keypoints is not None and i < 20:
                    points = keypoints[i].flatten().tolist()
                    detection["keypoints"] = [round(v, 4) for v in points]
                case["detections"].append(detection)
        print(case["family"], len(case["detections"]))
        path = pathlib.Path(folder) / (case["family"] + ".json")
        lines = ",\n".join(json.dumps(d) for d in case.pop("detections"))
        path.write_text(json.dumps(case)[:-1] + ', "detections": [\n' + lines + "\n]}\n")


if __name__ == "__main__":
    main(sys.argv[1])
