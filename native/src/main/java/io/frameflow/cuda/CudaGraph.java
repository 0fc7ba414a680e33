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
package io.frameflow.cuda;

import io.frameflow.resource.NativeResource;
import org.bytedeco.cuda.cudart.CUgraphExec_st;
import org.bytedeco.cuda.cudart.CUgraph_st;
import org.bytedeco.cuda.global.cudart;

/** Work that was captured once and is launched as a whole. */
public final class CudaGraph extends NativeResource {
    private final CUgraphExec_st executable = new CUgraphExec_st();

    private CudaGraph(CUgraph_st graph) {
        super("graph", 0);
        CudaStatus.check(cudart.cudaGraphInstantiate(executable, graph, 0), "cudaGraphInstantiate");
        opened();
    }

    /**
     * Captures what {@code work} queues on {@code stream}; nothing of it runs yet.
     *
     * <p>Addresses and sizes are captured as they are. Other threads may go on using CUDA.
     */
    public static CudaGraph capture(CudaStream stream, Runnable work) {
        CudaStatus.check(
                cudart.cudaStreamBeginCapture(
                        stream.handle(), cudart.cudaStreamCaptureModeThreadLocal),
                "cudaStreamBeginCapture");
        CUgraph_st graph = new CUgraph_st();
        try {
            work.run();
        } catch (Throwable e) {
            // Ends the capture, whatever state it is in; the reason is the exception under way.
            cudart.cudaStreamEndCapture(stream.handle(), graph);
            destroy(graph);
            throw e;
        }
        CudaStatus.check(
                cudart.cudaStreamEndCapture(stream.handle(), graph), "cudaStreamEndCapture");
        try {
            return new CudaGraph(graph);
        } finally {
            destroy(graph);
        }
    }

    private static void destroy(CUgraph_st graph) {
        if (!graph.isNull()) {
            CudaStatus.check(cudart.cudaGraphDestroy(graph), "cudaGraphDestroy");
        }
    }

    /** Queues the captured work. */
    public void launch(CudaStream stream) {
        checkOpen();
        CudaStatus.check(cudart.cudaGraphLaunch(executable, stream.handle()), "cudaGraphLaunch");
    }

    @Override
    protected void free() {
        CudaStatus.check(cudart.cudaGraphExecDestroy(executable), "cudaGraphExecDestroy");
    }
}
