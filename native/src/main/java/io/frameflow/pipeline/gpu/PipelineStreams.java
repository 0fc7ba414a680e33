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
package io.frameflow.pipeline.gpu;

import io.frameflow.cuda.CudaStream;
import io.frameflow.resource.Rollback;

/**
 * The streams that all lanes of a pipeline share. They are few, since a card has no more than 32
 * queues for all streams of its pipelines.
 */
final class PipelineStreams implements AutoCloseable {
    private final CudaStream preparation;
    private final CudaStream engine;

    /** Makes the streams on the current card. */
    PipelineStreams() {
        try (Rollback rollback = new Rollback()) {
            preparation = rollback.add(new CudaStream());
            engine = rollback.add(CudaStream.urgent());
            rollback.commit();
        }
    }

    /** For what does not depend on pictures, and is done while they are decoded. */
    CudaStream preparation() {
        return preparation;
    }

    /** For engines, one batch behind the other, which go before what other streams do. */
    CudaStream engine() {
        return engine;
    }

    @Override
    public void close() {
        try (Rollback everything = new Rollback()) {
            everything.add(preparation);
            everything.add(engine);
        }
    }
}
