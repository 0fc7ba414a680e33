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
package io.frameflow.operators.control;

import io.frameflow.denoise.DenoisePreset;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a table to checkpoints and reads it again. Versioned; equal tables give equal bytes. */
public final class SettingsTableFormat {
    private static final int FORMAT = 1;

    private SettingsTableFormat() {}

    /** Writes a table. */
    public static void write(SettingsTable table, DataOutput out) throws IOException {
        out.writeByte(FORMAT);
        out.writeLong(table.version());
        ModelChoice model = table.model();
        out.writeBoolean(model != null);
        if (model != null) {
            out.writeUTF(model.file());
            out.writeUTF(model.replaced());
            out.writeUTF(model.controlId());
            out.writeLong(model.version());
        }
        SettingsLayer forAll = table.forAll();
        out.writeBoolean(forAll != null);
        if (forAll != null) {
            writeLayer(forAll, out);
        }
        Map<String, SettingsLayer> cameras = table.cameras();
        out.writeInt(cameras.size());
        for (Map.Entry<String, SettingsLayer> camera : cameras.entrySet()) {
            out.writeUTF(camera.getKey());
            writeLayer(camera.getValue(), out);
        }
    }

    /**
     * Reads a table.
     *
     * @throws IOException if the bytes are those of another version
     */
    public static SettingsTable read(DataInput in) throws IOException {
        int format = in.readUnsignedByte();
        if (format != FORMAT) {
            throw new IOException("unknown format of control's settings: " + format);
        }
        long version = in.readLong();
        ModelChoice model =
                in.readBoolean()
                        ? new ModelChoice(in.readUTF(), in.readUTF(), in.readUTF(), in.readLong())
                        : null;
        SettingsLayer forAll = in.readBoolean() ? readLayer(in) : null;
        Map<String, SettingsLayer> byCamera = new HashMap<>();
        int cameras = in.readInt();
        for (int i = 0; i < cameras; i++) {
            byCamera.put(in.readUTF(), readLayer(in));
        }
        return new SettingsTable(version, model, forAll, byCamera);
    }

    private static void writeLayer(SettingsLayer layer, DataOutput out) throws IOException {
        out.writeUTF(layer.controlId());
        out.writeLong(layer.version());
        CameraSettings settings = layer.settings();
        writeNumber(settings.scoreThreshold(), out);
        writeNumber(settings.nmsIouThreshold(), out);
        writeFlag(settings.denoiseEnabled(), out);
        writeNumber(settings.denoiseStrength(), out);
        DenoisePreset preset = settings.denoisePreset();
        out.writeUTF(preset == null ? "" : preset.label());
        writeFlag(settings.trackingEnabled(), out);
    }

    private static SettingsLayer readLayer(DataInput in) throws IOException {
        String controlId = in.readUTF();
        long version = in.readLong();
        return new SettingsLayer(
                new CameraSettings(
                        readNumber(in),
                        readNumber(in),
                        readFlag(in),
                        readNumber(in),
                        DenoisePreset.ofLabel(in.readUTF()).orElse(null),
                        readFlag(in)),
                controlId,
                version);
    }

    private static void writeNumber(@Nullable Float value, DataOutput out) throws IOException {
        out.writeFloat(value == null ? Float.NaN : value);
    }

    private static @Nullable Float readNumber(DataInput in) throws IOException {
        float value = in.readFloat();
        return Float.isNaN(value) ? null : value;
    }

    private static void writeFlag(@Nullable Boolean value, DataOutput out) throws IOException {
        out.writeByte(value == null ? -1 : value ? 1 : 0);
    }

    private static @Nullable Boolean readFlag(DataInput in) throws IOException {
        int value = in.readByte();
        return value < 0 ? null : value == 1;
    }
}
