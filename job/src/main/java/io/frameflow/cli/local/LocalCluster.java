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
package io.frameflow.cli.local;

import io.frameflow.job.JobEnds;
import io.frameflow.job.JobTopology;
import io.frameflow.job.config.Settings;
import io.frameflow.pipeline.assembly.ModelPipelineFactory;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A Flink cluster in this process with one job. Its state is gone when it is closed, unless the
 * configuration says where checkpoints go. Not thread-safe.
 */
public final class LocalCluster implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(50);

    private final MiniCluster cluster;
    private final JobID job;

    private LocalCluster(MiniCluster cluster, JobID job) {
        this.cluster = cluster;
        this.job = job;
    }

    /**
     * Starts a cluster and submits the job.
     *
     * @param settings settings of the job
     * @param flink Flink's own options; the parallelism among them is the number of slots
     * @throws IOException if the cluster does not start or does not take the job
     */
    public static LocalCluster start(Settings settings, Configuration flink) throws IOException {
        Configuration configuration = onLoopback(flink);
        MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(configuration)
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(
                                        configuration.get(CoreOptions.DEFAULT_PARALLELISM))
                                .build());
        try {
            cluster.start();
            return new LocalCluster(cluster, submit(cluster, settings, configuration));
        } catch (Exception e) {
            closeAfterFailure(cluster, e);
            throw new IOException("the local Flink cluster did not start: " + e.getMessage(), e);
        }
    }

    private static void closeAfterFailure(MiniCluster cluster, Exception failure) {
        try {
            answer(cluster.closeAsync());
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private static Configuration onLoopback(Configuration flink) {
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.set(CoreOptions.DEFAULT_PARALLELISM, 1);
        configuration.addAll(flink);
        configuration.set(RestOptions.ADDRESS, LOOPBACK);
        configuration.set(RestOptions.BIND_ADDRESS, LOOPBACK);
        configuration.set(JobManagerOptions.BIND_HOST, LOOPBACK);
        configuration.set(TaskManagerOptions.BIND_HOST, LOOPBACK);
        return configuration;
    }

    private static JobID submit(MiniCluster cluster, Settings settings, Configuration flink)
            throws Exception {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(flink);
        JobTopology.build(
                environment,
                settings,
                new ModelPipelineFactory(settings.inference().pipeline()),
                JobEnds.onKafka(settings));
        return cluster.submitJob(environment.getStreamGraph())
                .get(ANSWER.toSeconds(), TimeUnit.SECONDS)
                .getJobID();
    }

    /** Address of Flink's web pages and REST interface. */
    public URI restAddress() throws IOException {
        return answer(cluster.getRestAddress());
    }

    /**
     * Waits until every task of the job runs, its model loaded.
     *
     * @throws IOException if the job fails, or takes too long
     */
    public void awaitRunning(Duration timeout) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!everyTaskRuns()) {
            if (hasEnded()) {
                awaitEnd();
                throw new IOException("the job ended before it ran");
            }
            if (System.nanoTime() > deadline) {
                throw new IOException(
                        "the job does not run after "
                                + timeout.toSeconds()
                                + " s; the log says why");
            }
            Thread.sleep(POLL.toMillis());
        }
    }

    /** Whether the job has ended, well or not. */
    public boolean hasEnded() throws IOException {
        return answer(cluster.getJobStatus(job)).isGloballyTerminalState();
    }

    /**
     * Waits for the end of the job.
     *
     * @throws IOException if it failed, with the reason
     */
    public void awaitEnd() throws IOException {
        JobResult result = answer(cluster.requestJobResult(job));
        if (result.getSerializedThrowable().isPresent()) {
            Throwable failure =
                    result.getSerializedThrowable()
                            .get()
                            .deserializeError(LocalCluster.class.getClassLoader());
            throw new IOException("the job failed: " + rootMessage(failure), failure);
        }
    }

    /** Cancels the job if it still runs, and waits until all of it is gone. */
    @Override
    public void close() throws IOException {
        try {
            if (!hasEnded()) {
                answer(cluster.cancelJob(job));
                answer(cluster.requestJobResult(job));
            }
        } finally {
            answer(cluster.closeAsync());
        }
    }

    private boolean everyTaskRuns() throws IOException {
        if (answer(cluster.getJobStatus(job)) != JobStatus.RUNNING) {
            return false;
        }
        for (AccessExecutionVertex vertex :
                answer(cluster.getExecutionGraph(job)).getAllExecutionVertices()) {
            if (vertex.getExecutionState() != ExecutionState.RUNNING) {
                return false;
            }
        }
        return true;
    }

    private static <T> T answer(CompletableFuture<T> future) throws IOException {
        try {
            return future.get(ANSWER.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the local Flink cluster", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("no answer from the local Flink cluster: " + rootMessage(e), e);
        }
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
