/*
 * Copyright 2026 The Frameflow Authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */

/**
 * Decodes YOLOv8-pose from a raw tensor of a FrameDetections record, as a consumer with
 * post-processing of its own does.
 */

/** Numbers of a candidate before its keypoints: centre x, centre y, width, height, score. */
const BOX_AND_SCORE = 5;

/** The numbers of a tensor of single precision, which are little-endian. */
export function floats(tensor) {
  if (tensor.data_type !== 'FLOAT32') {
    throw new Error(`${tensor.name} is ${tensor.data_type}, expected FLOAT32`);
  }
  const bytes = tensor.data;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.byteLength / 4 }, (_, i) => view.getFloat32(4 * i, true));
}

/**
 * Where a frame lies in the network's input: scaled alike in both directions and centred, as the
 * model file says with maintain-aspect-ratio and symmetric-padding.
 */
export function letterbox(frame, input) {
  const scale = Math.min(input.width / frame.width, input.height / frame.height);
  return {
    scale,
    left: Math.floor((input.width - Math.round(frame.width * scale)) / 2),
    top: Math.floor((input.height - Math.round(frame.height * scale)) / 2),
  };
}

/**
 * The people in a frame, the best score first.
 *
 * @param record a FrameDetections with the tensor output0 of [5 + 3 * keypoints, candidates]
 * @param input width and height of the network's input
 * @param scoreThreshold a score must be above it
 * @param iouThreshold of two people that overlap by more, the worse is left out
 */
export function people(record, input, scoreThreshold = 0.25, iouThreshold = 0.45) {
  const tensor = record.tensors.find(({ name }) => name === 'output0');
  if (tensor === undefined || tensor.shape.length !== 2) {
    throw new Error(`frame ${record.sequence} has no tensor output0 of two dimensions`);
  }
  const [channels, candidates] = tensor.shape;
  const values = floats(tensor);
  const at = (channel, candidate) => values[channel * candidates + candidate];
  const place = letterbox(record, input);
  const found = [];
  for (let candidate = 0; candidate < candidates; candidate++) {
    const score = at(4, candidate);
    if (score > scoreThreshold) {
      const keypoints = [];
      for (let channel = BOX_AND_SCORE; channel < channels; channel += 3) {
        keypoints.push({
          x: (at(channel, candidate) - place.left) / place.scale,
          y: (at(channel + 1, candidate) - place.top) / place.scale,
          score: at(channel + 2, candidate),
        });
      }
      const width = at(2, candidate) / place.scale;
      const height = at(3, candidate) / place.scale;
      const left = (at(0, candidate) - place.left) / place.scale - width / 2;
      const top = (at(1, candidate) - place.top) / place.scale - height / 2;
      found.push({ score, box: { left, top, width, height }, keypoints });
    }
  }
  found.sort((a, b) => b.score - a.score);
  return found.reduce(
    (kept, one) =>
      kept.some((better) => overlap(better.box, one.box) > iouThreshold) ? kept : [...kept, one],
    [],
  );
}

/** Intersection over union of two boxes. */
function overlap(a, b) {
  const width = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left);
  const height = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top);
  if (width <= 0 || height <= 0) {
    return 0;
  }
  return (width * height) / (a.width * a.height + b.width * b.height - width * height);
}
