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
import { fileURLToPath } from 'node:url';
import { RecordCodec, crc64Avro } from './single-object.mjs';

const schema = (name) =>
  fileURLToPath(new URL(`../../schemas/src/main/avro/${name}.avsc`, import.meta.url));

const frame = {
  camera_id: 'north',
  session: null,
  sequence: 7,
  capture_time_us: 1_700_000_000_000_000,
  encoding: 'JPEG',
  width: 0,
  height: 0,
  image: Buffer.from([0xff, 0xd8, 0xff]),
};

// From Avro's own table of fingerprints, share/test/data/schema-tests.txt.
for (const [form, fingerprint] of [
  ['"null"', 7195948357588979594n],
  ['"int"', 8247732601305521295n],
  ['"string"', -8142146995180207161n],
  ['{"name":"PigValue","type":"record","fields":[{"name":"value","type":["null","int","long","PigValue"]}]}', -1759257747318642341n],
]) {
  test(`fingerprint of ${form}`, () => {
    assert.equal(BigInt.asIntN(64, crc64Avro(Buffer.from(form))), fingerprint);
  });
}

test('a record comes back as it was', () => {
  const codec = new RecordCodec(schema('Frame'));
  assert.deepEqual({ ...codec.decode(codec.encode(frame)) }, frame);
});

test('a record of another kind is refused', () => {
  const bytes = new RecordCodec(schema('Frame')).encode(frame);
  assert.throws(() => new RecordCodec(schema('Control')).decode(bytes), /another schema/);
});

test('bytes behind a record are refused', () => {
  const codec = new RecordCodec(schema('Frame'));
  assert.throws(() => codec.decode(Buffer.concat([codec.encode(frame), Buffer.alloc(1)])));
});
