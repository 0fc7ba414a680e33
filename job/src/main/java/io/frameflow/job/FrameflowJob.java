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
package io.frameflow.job;

import io.frameflow.failure.FrameflowException;
import io.frameflow.job.config.Arguments;
import io.frameflow.job.config.ConfigurationDocument;
import io.frameflow.job.config.Settings;
import io.frameflow.job.kafka.ClusterCheck;
import io.frameflow.pipeline.assembly.ModelPipelineFactory;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entry point of the job jar:
 *
 * <pre>
 * flink run frameflow-job.jar --config job.yaml --kafka.source.group-id site1
 * </pre>
 */
public final class FrameflowJob {
    private static final Logger LOG = LoggerFactory.getLogger(FrameflowJob.class);
    private static final String NAME = "frameflow";

    private FrameflowJob() {}

    /**
     * Reads the settings, checks them and the Kafka cluster, and submits the job.
     *
     * @param arguments see {@code --help}
     * @throws FrameflowException with everything that must be changed before the job can run
     * @throws Exception if Flink cannot take or run the job
     */
    public static void main(String[] arguments) throws Exception {
        Arguments given = Arguments.parse(arguments);
        if (given.help()) {
            System.out.println(usage());
            return;
        }
        Settings settings = Settings.from(given.options());
        LOG.info("Effective settings:\n{}", settings);
        ClusterCheck.run(settings);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        JobTopology.build(
                environment,
                settings,
                new ModelPipelineFactory(settings.inference().pipeline()),
                JobEnds.onKafka(settings));
        environment.execute(
                environment.getConfiguration().getOptional(PipelineOptions.NAME).orElse(NAME));
    }

    private static String usage() {
        return """
                Usage: flink run [FLINK OPTIONS] frameflow-job.jar [--config FILE] [--KEY VALUE]...

                Examines the frames of a Kafka topic. FILE is YAML; keys on the command line win.

                """
                + ConfigurationDocument.help();
    }
}
