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
 * A consumer with post-processing of its own: reads raw tensors of YOLOv8-pose from the detections
 * topic and prints the people in each frame as JSON Lines. Knows Kafka, Avro and the .avsc files.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import kafkajs from 'kafkajs';
import { people } from './pose.mjs';
import { RecordCodec } from './single-object.mjs';

const { Kafka, logLevel } = kafkajs;

const { values: options } = parseArgs({
  options: {
    'bootstrap-servers': { type: 'string', default: 'localhost:9092' },
    schemas: { type: 'string' },
    'detections-topic': { type: 'string', default: 'detections' },
    'input-size': { type: 'string', default: '640x640' },
  },
});
const size = /^(\d+)x(\d+)$/.exec(options['input-size']);
if (options.schemas === undefined || size === null) {
  console.error('give --schemas DIRECTORY, and --input-size WIDTHxHEIGHT if it is not 640x640');
  process.exit(2);
}
const input = { width: Number(size[1]), height: Number(size[2]) };
const detections = new RecordCodec(join(options.schemas, 'FrameDetections.avsc'));

const kafka = new Kafka({
  clientId: 'frameflow-pose',
  brokers: options['bootstrap-servers'].split(','),
  logLevel: logLevel.ERROR,
});
const consumer = kafka.consumer({ groupId: `pose-${randomUUID()}` });
await consumer.connect();
await consumer.subscribe({ topics: [options['detections-topic']], fromBeginning: true });
await consumer.run({
  eachMessage: async ({ message }) => {
    const record = detections.decode(message.value);
    const { camera_id, sequence } = record;
    console.log(JSON.stringify({ camera_id, sequence, people: people(record, input) }));
  },
});
