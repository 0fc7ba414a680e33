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
package io.frameflow.job.testing;

import io.frameflow.job.JobEnds;
import io.frameflow.job.JobTopology;
import io.frameflow.job.config.Settings;
import io.frameflow.pipeline.FramePipelineFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink cluster in this process whose TaskManagers can be taken away, and jobs on it. */
public final class JobCluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final MiniCluster cluster;
    private int oldestTaskManager;

    private JobCluster(MiniCluster cluster) {
        this.cluster = cluster;
    }

    /** Starts a cluster of TaskManagers with two slots each. */
    public static JobCluster start(int taskManagers) throws Exception {
        MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setNumTaskManagers(taskManagers)
                                .setNumSlotsPerTaskManager(2)
                                .withRandomPorts()
                                .build());
        cluster.start();
        return new JobCluster(cluster);
    }

    /** Submits a job between the topics that the settings name. */
    public JobID submit(Settings settings, FramePipelineFactory pipelines, int parallelism)
            throws Exception {
        return submit(settings, pipelines, parallelism, null);
    }

    /**
     * Submits a job that goes on from a savepoint.
     *
     * @param savepoint where it lies, or null for a job without a past
     */
    public JobID submit(
            Settings settings, FramePipelineFactory pipelines, int parallelism, String savepoint)
            throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(50));
        if (savepoint != null) {
            configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        }
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(parallelism);
        JobTopology.build(environment, settings, pipelines, JobEnds.onKafka(settings));
        JobGraph graph = environment.getStreamGraph().getJobGraph();
        return cluster.submitJob(graph).get(PATIENCE.toSeconds(), TimeUnit.SECONDS).getJobID();
    }

    /** Waits until a job has ended by itself, and fails the test if it did not end well. */
    public void awaitEnd(JobID job) throws Exception {
        JobResult result =
                cluster.requestJobResult(job).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        result.toJobExecutionResult(getClass().getClassLoader());
    }

    /** Waits until all tasks of a job run. */
    public void awaitRunning(JobID job) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isRunning(job)) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("the job does not run");
            }
            Thread.sleep(20);
        }
    }

    private boolean isRunning(JobID job) throws ExecutionException, InterruptedException {
        if (cluster.getJobStatus(job).get() != JobStatus.RUNNING) {
            return false;
        }
        for (AccessExecutionVertex vertex :
                cluster.getExecutionGraph(job).get().getAllExecutionVertices()) {
            if (vertex.getExecutionState() != ExecutionState.RUNNING) {
                return false;
            }
        }
        return true;
    }

    /** How often all tasks of a job were started anew. */
    public int restarts(JobID job) throws Exception {
        int restarts = Integer.MAX_VALUE;
        for (AccessExecutionVertex vertex :
                cluster.getExecutionGraph(job).get().getAllExecutionVertices()) {
            restarts = Math.min(restarts, vertex.getCurrentExecutionAttempt().getAttemptNumber());
        }
        return restarts;
    }

    /** Stops a job with a savepoint and without draining it. */
    public String stopWithSavepoint(JobID job, Path folder) throws Exception {
        String savepoint =
                cluster.stopWithSavepoint(
                                job,
                                folder.toUri().toString(),
                                false,
                                SavepointFormatType.CANONICAL)
                        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        cluster.requestJobResult(job).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return savepoint;
    }

    /** Cancels a job and waits until it is gone. */
    public void cancel(JobID job) throws Exception {
        cluster.cancelJob(job).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        cluster.requestJobResult(job).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Takes the oldest TaskManager away, with everything that runs on it, and starts another. */
    public void replaceTaskManager() throws Exception {
        cluster.terminateTaskManager(oldestTaskManager++)
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        cluster.startTaskManager();
    }

    @Override
    public void close() throws Exception {
        cluster.close();
    }
}
