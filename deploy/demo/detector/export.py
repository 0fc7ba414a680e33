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
"""Writes the network as ONNX in YOLOv8's output layout.

    python3 -m detector.export --weights detector.pt --output detector.onnx     (in deploy/demo)

Input `images` [batch, 3, 416, 416], RGB in 0..1. Output `output0` [batch, 4 + classes, points]: centre
x, centre y, width, height in input pixels and the classes' scores. The batch is dynamic.
"""

import argparse
import json

import numpy as np
import torch
from torch import nn

from detector.network import INPUT_SIZE, Detector
from scenes import street

OPSET = 17


class YoloLayout(nn.Module):
    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, images):
        logits, boxes = self.network(images)
        low, high = boxes[..., :2], boxes[..., 2:]
        rows = torch.cat([(low + high) / 2, high - low, logits.float().sigmoid()], 2)
        return rows.transpose(1, 2)


@torch.no_grad()
def raw_output(network, images):
    """What the exported network returns for images, computed by PyTorch."""
    return YoloLayout(network)(images)


def export(network, path):
    """Writes the network to a file; the network ends on the CPU."""
    import onnx
    model = YoloLayout(network.to("cpu", memory_format=torch.contiguous_format).folded()).eval()
    example = torch.rand(2, 3, INPUT_SIZE, INPUT_SIZE)
    torch.onnx.export(model, (example,), str(path), opset_version=OPSET, dynamo=False, input_names=["images"],
                      output_names=["output0"], dynamic_axes={"images": {0: "batch"}, "output0": {0: "batch"}})
    written = onnx.load(str(path))
    for node in written.graph.node:
        node.ClearField("doc_string")
    onnx.helper.set_model_props(written, {"names": json.dumps(street.LABELS)})
    onnx.checker.check_model(written)
    onnx.save(written, str(path))


def verify(network, path):
    """Fails unless ONNX Runtime computes from the file what PyTorch computes from the network."""
    import onnxruntime
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    for count in (1, 3):
        images = torch.rand(count, 3, INPUT_SIZE, INPUT_SIZE)
        expected = raw_output(network.eval(), images).numpy()
        actual = session.run(["output0"], {"images": images.numpy()})[0]
        np.testing.assert_allclose(actual[:, :4], expected[:, :4], atol=0.05)
        np.testing.assert_allclose(actual[:, 4:], expected[:, 4:], atol=1e-3)


def main():
    parser = argparse.ArgumentParser(description="Writes trained weights as ONNX.")
    parser.add_argument("--weights", required=True)
    parser.add_argument("--output", required=True)
    options = parser.parse_args()
    network = Detector(len(street.LABELS)).eval()
    network.load_state_dict(torch.load(options.weights, map_location="cpu", weights_only=True))
    export(network, options.output)
    verify(network, options.output)


if __name__ == "__main__":
    main()
