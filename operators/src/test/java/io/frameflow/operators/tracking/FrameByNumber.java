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
package io.frameflow.operators.tracking;

import io.frameflow.operators.types.RecordTypes;
import io.frameflow.schema.FrameDetections;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.util.function.SerializableFunction;

/** Makes the results that a source of numbers stands for; a map function that knows its type. */
final class FrameByNumber
        implements MapFunction<Long, FrameDetections>, ResultTypeQueryable<FrameDetections> {
    private final SerializableFunction<Long, FrameDetections> frames;

    FrameByNumber(SerializableFunction<Long, FrameDetections> frames) {
        this.frames = frames;
    }

    @Override
    public FrameDetections map(Long number) {
        return frames.apply(number);
    }

    @Override
    public TypeInformation<FrameDetections> getProducedType() {
        return RecordTypes.frameDetections();
    }
}
