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

import io.frameflow.operators.control.ModelChoice;
import io.frameflow.operators.control.SettingsTable;
import io.frameflow.operators.control.SettingsTableFormat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings of a subtask in checkpoints, so that they hold from its first frame on, before the
 * coordinator has said anything. All subtasks have the same ones: each restores one copy, whatever
 * their number was.
 */
final class ControlState {
    private static final Logger LOG = LoggerFactory.getLogger(ControlState.class);
    private static final String NAME = "control";
    private static final String KEY = "settings";

    private final BroadcastState<String, byte[]> state;

    ControlState(OperatorStateStore store) throws Exception {
        state =
                store.getBroadcastState(
                        new MapStateDescriptor<>(
                                NAME,
                                Types.STRING,
                                PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    }

    /**
     * What the checkpoint held; nothing where there was none.
     *
     * @param configuredModel the model file that the job's options name: a model that was changed
     *     over to when they named another one is over
     */
    SettingsTable restore(String configuredModel) throws Exception {
        byte[] bytes = state.get(KEY);
        if (bytes == null) {
            return new SettingsTable();
        }
        SettingsTable table =
                SettingsTableFormat.read(new DataInputStream(new ByteArrayInputStream(bytes)));
        ModelChoice over = table.forgetModelUnlessReplacing(configuredModel);
        if (over != null) {
            LOG.info("The model {} is over: model.file is now {}", over.file(), configuredModel);
        }
        return table;
    }

    void store(SettingsTable table) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        SettingsTableFormat.write(table, new DataOutputStream(bytes));
        state.put(KEY, bytes.toByteArray());
    }
}
