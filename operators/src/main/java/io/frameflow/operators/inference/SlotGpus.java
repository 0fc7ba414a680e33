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
package io.frameflow.operators.inference;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.pipeline.SlotResources;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.externalresource.ExternalResourceInfo;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalResourceOptions;
import org.apache.flink.streaming.api.operators.StreamingRuntimeContext;

/** Finds out which cards a task may use. */
final class SlotGpus {
    /** Name of Flink's external resource, as in Flink's documentation. */
    static final String RESOURCE = "gpu";

    /** Under which Flink's driver for GPUs gives the number of a card. */
    static final String INDEX = "index";

    private SlotGpus() {}

    /**
     * The cards that were configured for the job; else those that Flink found for its TaskManager;
     * else nobody has said which. A TaskManager that should have cards, and found none when it
     * started, has written no more than a warning about that: it is told apart here.
     *
     * @throws FrameflowException with {@link FailureCode#INVALID_SETTINGS} if the driver of the
     *     external resource gives no numbers
     */
    static SlotResources find(List<Integer> configured, StreamingRuntimeContext context) {
        if (!configured.isEmpty()) {
            return SlotResources.ofGpus(configured);
        }
        Set<ExternalResourceInfo> found = context.getExternalResourceInfos(RESOURCE);
        if (found.isEmpty()
                && !isPromised(context.getTaskManagerRuntimeInfo().getConfiguration())) {
            return SlotResources.unassigned();
        }
        return SlotResources.ofGpus(found.stream().map(SlotGpus::number).toList());
    }

    private static boolean isPromised(Configuration taskManager) {
        return taskManager
                        .getOptional(ExternalResourceOptions.EXTERNAL_RESOURCE_LIST)
                        .orElse(List.of())
                        .contains(RESOURCE)
                && taskManager.get(
                                ConfigOptions.key(
                                                ExternalResourceOptions
                                                        .getAmountConfigOptionForResource(RESOURCE))
                                        .longType()
                                        .defaultValue(0L))
                        > 0;
    }

    private static int number(ExternalResourceInfo card) {
        String index = card.getProperty(INDEX).orElse("");
        try {
            return Integer.parseInt(index);
        } catch (NumberFormatException e) {
            throw new FrameflowException(
                    FailureCode.INVALID_SETTINGS,
                    ("the external resource '%s' names a card '%s', which is no number: use Flink's"
                                    + " GPU driver and its discovery script, or set"
                                    + " inference.gpu-ids")
                            .formatted(RESOURCE, index),
                    e);
        }
    }
}
