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
 * A client that is not ours: publishes the pictures of a folder and one that is damaged as frames
 * of a camera, and reads their results. Knows Kafka, Avro and the .avsc files.
 *
 * Exit code 0 if every frame has exactly one result, and the right one; 1 otherwise.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import kafkajs from 'kafkajs';
import { RecordCodec } from './single-object.mjs';

const { Kafka, Partitioners, logLevel } = kafkajs;

const { values: options } = parseArgs({
  options: {
    'bootstrap-servers': { type: 'string', default: 'localhost:9092' },
    schemas: { type: 'string' },
    images: { type: 'string' },
    'frames-topic': { type: 'string', default: 'frames' },
    'detections-topic': { type: 'string', default: 'detections' },
    'dead-letters-topic': { type: 'string', default: 'dead-letters' },
    'timeout-seconds': { type: 'string', default: '60' },
  },
});
for (const needed of ['schemas', 'images']) {
  if (options[needed] === undefined) {
    console.error(`give --${needed} DIRECTORY`);
    process.exit(2);
  }
}

const codec = (name) => new RecordCodec(join(options.schemas, `${name}.avsc`));
const frames = codec('Frame');
const detections = codec('FrameDetections');
const deadLetters = codec('DeadLetter');

const camera = `smoke-${randomUUID()}`;
const session = new Date().toISOString();

/** The pictures as frames, and behind them one that holds no picture. */
function framesToPublish() {
  const images = readdirSync(options.images)
    .filter((name) => /\.jpe?g$/i.test(name))
    .sort()
    .map((name) => readFileSync(join(options.images, name)));
  assert.ok(images.length > 0, `there is no .jpg in ${options.images}`);
  return [...images, Buffer.from('this is no picture')].map((image, index) => ({
    camera_id: camera,
    session,
    sequence: index,
    capture_time_us: Date.now() * 1000,
    encoding: 'JPEG',
    width: 0,
    height: 0,
    image,
  }));
}

/** Publishes frames in order; returns their offsets. */
async function publish(kafka, published) {
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  try {
    const offsets = [];
    for (const frame of published) {
      const [written] = await producer.send({
        topic: options['frames-topic'],
        messages: [{ key: camera, value: frames.encode(frame) }],
      });
      offsets.push({ partition: written.partition, offset: Number(written.baseOffset) });
    }
    return offsets;
  } finally {
    await producer.disconnect();
  }
}

/** Reads committed results of our camera until there are so many; all that came if time is over. */
async function readResults(kafka, count) {
  const consumer = kafka.consumer({ groupId: camera });
  await consumer.connect();
  try {
    await consumer.subscribe({
      topics: [options['detections-topic'], options['dead-letters-topic']],
      fromBeginning: true,
    });
    const results = [];
    await new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, Number(options['timeout-seconds']) * 1000);
      const take = async ({ topic, message }) => {
        if (message.key?.toString('utf8') !== camera) {
          return;
        }
        const isDetections = topic === options['detections-topic'];
        const record = (isDetections ? detections : deadLetters).decode(message.value);
        print(isDetections, record);
        results.push({ isDetections, record });
        if (results.length === count) {
          clearTimeout(timer);
          resolve();
        }
      };
      consumer
        .run({ eachMessage: (message) => take(message).catch(reject) })
        .catch(reject);
    });
    return results;
  } finally {
    await consumer.disconnect();
  }
}

function print(isDetections, record) {
  if (!isDetections) {
    console.log(`  frame ${record.sequence}: ${record.code} (${record.stage}), ${record.message}`);
    return;
  }
  const objects = record.objects.map(({ label, score, box, track }) => {
    const corner = `${box.left.toFixed(0)},${box.top.toFixed(0)}`;
    const size = `${box.width.toFixed(0)}x${box.height.toFixed(0)}`;
    return `${label} ${score.toFixed(2)} at ${corner} ${size}${track ? ` track ${track.track_id}` : ''}`;
  });
  console.log(`  frame ${record.sequence}: ${record.status} ${objects.join('; ')}`);
}

/** Checks that each frame has exactly one result, and that it tells of that frame. */
function verify(published, offsets, results) {
  for (const [index, frame] of published.entries()) {
    const own = results.filter(({ record }) => record.sequence === frame.sequence);
    assert.equal(own.length, 1, `frame ${frame.sequence} has ${own.length} results, expected one`);
    const [{ isDetections, record }] = own;
    const isPicture = index < published.length - 1;
    assert.equal(isDetections, isPicture, `frame ${frame.sequence} is on the wrong topic`);
    assert.equal(record.camera_id, camera);
    assert.equal(record.session, session);
    assert.equal(record.capture_time_us, frame.capture_time_us);
    assert.equal(record.source_topic, options['frames-topic']);
    assert.equal(record.source_partition, offsets[index].partition);
    assert.equal(record.source_offset, offsets[index].offset);
    if (isPicture) {
      assert.equal(record.status, record.objects.length > 0 ? 'OBJECTS' : 'EMPTY');
      assert.ok(record.width > 0 && record.height > 0);
    } else {
      assert.deepEqual(record.payload, frames.encode(frame));
    }
  }
}

const kafka = new Kafka({
  clientId: 'frameflow-smoke',
  brokers: options['bootstrap-servers'].split(','),
  logLevel: logLevel.NOTHING, // What fails is thrown, or tried again.
});
try {
  const published = framesToPublish();
  const offsets = await publish(kafka, published);
  const results = await readResults(kafka, published.length);
  verify(published, offsets, results);
  console.log(`${published.length} frames published, ${results.length} results, each the right one`);
} catch (error) {
  console.error(`failed: ${error.message}`);
  process.exitCode = 1;
}
