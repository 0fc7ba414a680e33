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
package io.frameflow.pipeline;

/**
 * Time spent on the batch that a frame was in, by stage, in nanoseconds; where several batches are
 * on their way, with what is done for others meanwhile.
 *
 * @param decode decoding of the pictures
 * @param denoise noise reduction; 0 where off
 * @param preprocess scaling, padding, normalisation
 * @param inference the engine
 * @param postprocess decoding of the outputs and suppression of overlapping boxes
 */
public record StageTimes(
        long decode, long denoise, long preprocess, long inference, long postprocess) {}
