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
package io.frameflow.cli.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.pipeline.ModelDescription;
import io.frameflow.result.ClassMap;
import io.frameflow.result.Detections;
import io.frameflow.result.RawTensor;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/** Prints what was found in pictures, as one object of JSON a line for each picture. */
public final class InferencePrinter {
    private final PrintWriter out;
    private final ModelDescription model;
    private final JsonFactory factory = new JsonFactory();

    /**
     * A printer.
     *
     * @param out stays the caller's to close
     * @param model names the classes
     */
    public InferencePrinter(PrintWriter out, ModelDescription model) {
        this.out = out;
        this.model = model;
        factory.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    }

    /**
     * Prints a line: the picture's name and size, its detections, highest score first, and where
     * the model has them the pixels of each class, and raw tensors with their bytes in Base64.
     */
    public void print(String image, FrameResult.Examined result) throws IOException {
        try (JsonGenerator json = factory.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("image", image);
            json.writeNumberField("width", result.width());
            json.writeNumberField("height", result.height());
            json.writeArrayFieldStart("detections");
            for (int i = 0; i < result.detections().count(); i++) {
                writeDetection(json, result.detections(), i);
            }
            json.writeEndArray();
            ClassMap classMap = result.findings().classMap().orElse(null);
            if (classMap != null) {
                writeSegmentation(json, classMap);
            }
            if (!result.findings().tensors().isEmpty()) {
                writeTensors(json, result.findings().tensors());
            }
            json.writeEndObject();
        }
        out.println();
        out.flush();
    }

    private void writeDetection(JsonGenerator json, Detections detections, int index)
            throws IOException {
        int classId = detections.classIds()[index];
        json.writeStartObject();
        json.writeNumberField("class_id", classId);
        json.writeStringField("label", model.label(classId));
        json.writeNumberField("score", detections.scores()[index]);
        json.writeFieldName("box");
        writeNumbers(json, detections.boxes(), 4 * index, 4);
        json.writeArrayFieldStart("keypoints");
        int count = detections.keypointCount();
        for (int i = 0; i < count; i++) {
            writeNumbers(json, detections.keypoints(), 3 * (count * index + i), 3);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeSegmentation(JsonGenerator json, ClassMap classMap) throws IOException {
        json.writeObjectFieldStart("segmentation");
        json.writeNumberField("width", classMap.width());
        json.writeNumberField("height", classMap.height());
        json.writeArrayFieldStart("classes");
        long[] counts = classMap.pixelCounts();
        for (int classId = 0; classId < counts.length; classId++) {
            if (counts[classId] > 0) {
                json.writeStartObject();
                json.writeNumberField("class_id", classId);
                json.writeStringField("label", model.label(classId));
                json.writeNumberField("pixels", counts[classId]);
                json.writeEndObject();
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeTensors(JsonGenerator json, List<RawTensor> tensors)
            throws IOException {
        json.writeArrayFieldStart("tensors");
        for (RawTensor tensor : tensors) {
            json.writeStartObject();
            json.writeStringField("name", tensor.name());
            json.writeStringField("data_type", tensor.type().label());
            json.writeArrayFieldStart("shape");
            for (int size : tensor.shape()) {
                json.writeNumber(size);
            }
            json.writeEndArray();
            json.writeBinaryField("data", tensor.data());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeNumbers(JsonGenerator json, float[] values, int from, int count)
            throws IOException {
        json.writeStartArray();
        for (int i = from; i < from + count; i++) {
            json.writeNumber(values[i]);
        }
        json.writeEndArray();
    }
}
