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

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.cli.Records;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.apache.avro.generic.IndexedRecord;
import org.junit.jupiter.api.Test;

class AvroJsonTest {

    @Test
    void writesNestedRecordsByTheNamesOfTheirFields() throws IOException {
        assertThat(json(Records.detections(7)))
                .isEqualTo(
                        """
                        {"camera_id":"camera-1","session":null,"sequence":7,\
                        "capture_time_us":1769860800123456,"source_topic":"frames",\
                        "source_partition":2,"source_offset":40,"width":1920,"height":1080,\
                        "status":"OBJECTS","model":{"name":"demo","version":"1",\
                        "precision":"fp32","engine":"onnxruntime"},"objects":[{"class_id":0,\
                        "label":"person","score":0.91,"box":{"left":10.5,"top":20.0,\
                        "width":30.0,"height":40.25},"keypoints":null,"mask":null,\
                        "track":{"track_id":3,"state":"CONFIRMED","age_frames":12}}],\
                        "segmentation":null,"tensors":[],"durations":{"queue_us":1,"decode_us":2,"denoise_us":3,\
                        "preprocess_us":4,"inference_us":5,"postprocess_us":6,"tracking_us":7},\
                        "denoised_frames":0,"settings":null}
                        """);
    }

    @Test
    void writesBytesInBase64() throws IOException {
        assertThat(json(Records.deadLetter())).contains("\"payload\":\"AQID\"");
    }

    private static String json(IndexedRecord value) throws IOException {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        new JsonLinesPrinter<>(out).print(value);
        out.flush();
        return text.toString();
    }
}
