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

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { floats, letterbox, people } from './pose.mjs';

const INPUT = { width: 640, height: 640 };

/** A record of a frame of 1280 x 720 with candidates of one keypoint. */
function record(...candidates) {
  const channels = 8;
  const data = Buffer.alloc(4 * channels * candidates.length);
  candidates.forEach((numbers, candidate) =>
    numbers.forEach((value, channel) =>
      data.writeFloatLE(value, 4 * (channel * candidates.length + candidate)),
    ),
  );
  const tensor = {
    name: 'output0',
    data_type: 'FLOAT32',
    shape: [channels, candidates.length],
    data,
  };
  return { sequence: 0, width: 1280, height: 720, tensors: [tensor] };
}

test('a frame lies in the middle of the input', () => {
  assert.deepEqual(letterbox({ width: 1280, height: 720 }, INPUT), { scale: 0.5, left: 0, top: 140 });
});

test('boxes and keypoints are in pixels of the frame', () => {
  const [person] = people(record([320, 320, 100, 200, 0.75, 300, 240, 0.5]), INPUT);
  assert.deepEqual(person, {
    score: 0.75,
    box: { left: 540, top: 160, width: 200, height: 400 },
    keypoints: [{ x: 600, y: 200, score: 0.5 }],
  });
});

test('of people that overlap the better one is kept, and nobody below the threshold', () => {
  const found = people(
    record(
      [100, 300, 50, 50, 0.5, 0, 0, 0],
      [102, 300, 50, 50, 0.75, 0, 0, 0],
      [300, 300, 50, 50, 0.625, 0, 0, 0],
      [500, 300, 50, 50, 0.25, 0, 0, 0],
    ),
    INPUT,
  );
  assert.deepEqual(found.map(({ score }) => score), [0.75, 0.625]);
});

test('numbers are read wherever the bytes lie', () => {
  const data = Buffer.alloc(9).subarray(1);
  data.writeFloatLE(1.5, 4);
  assert.deepEqual([...floats({ name: 'a', data_type: 'FLOAT32', data })], [0, 1.5]);
  assert.throws(() => floats({ name: 'a', data_type: 'INT8', data }), /a is INT8/);
});

test('a record without the tensor is refused', () => {
  assert.throws(() => people({ sequence: 3, tensors: [] }, INPUT), /frame 3 has no tensor output0/);
});
