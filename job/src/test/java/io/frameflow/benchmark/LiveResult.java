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
package io.frameflow.benchmark;

/**
 * Latencies while a publisher is live, from the moment at which a frame was due to be published.
 *
 * @param load part of the throughput at which frames were published
 * @param framesPerSecond frames due to be published a second
 * @param frames frames that were measured
 * @param published until the broker had acknowledged a frame: what of the latency is the
 *     publisher's and the broker's
 * @param results until a frame's result was read from Kafka
 */
record LiveResult(
        double load, double framesPerSecond, int frames, Latencies published, Latencies results) {}
