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
package io.frameflow.pipeline.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.frameflow.geometry.BoxOverlap;
import io.frameflow.geometry.Letterbox;
import io.frameflow.image.ImageEncoding;
import io.frameflow.model.ModelFileReader;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.reference.ReferenceData;
import io.frameflow.resource.LeakCheck;
import io.frameflow.result.Detections;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * From JPEG files to faces with real weights and the model files that come with the project, judged
 * by what OpenCV and other decoders found in the same files with the same preprocessing. Subclasses
 * say on which engine.
 */
@ExtendWith(LeakCheck.class)
abstract class FaceAccuracy {
    private static final float PIXELS = 1.5f;
    private static final float SCORE = 0.02f;
    private static final List<String> PICTURES =
            List.of("faces/largest_selfie.jpg", "faces/ultraface_11.jpg", "zidane.jpg");

    /** One face as {@code left, top, right, bottom}, then x and y of landmarks, then the score. */
    private record Face(List<Float> numbers, float score) {
        boolean matches(Face other) {
            for (int i = 0; i < numbers.size(); i++) {
                if (Math.abs(numbers.get(i) - other.numbers.get(i)) > PIXELS) {
                    return false;
                }
            }
            return Math.abs(score - other.score) <= SCORE;
        }
    }

    @TempDir Path folder;

    /** Opens the pipeline of the engine under test, for batches of up to so many frames. */
    abstract FramePipeline open(Path modelFile, Path network, int batch) throws Exception;

    private static Path modelFile(String name) {
        return Path.of("..", "deploy", "models", name);
    }

    private static Path picture(String name) {
        return ReferenceData.file(name.startsWith("faces/") ? name : "images/" + name);
    }

    private List<FrameResult.Examined> run(String modelFile, String network) throws Exception {
        return run(modelFile(modelFile), network, PICTURES);
    }

    private List<FrameResult.Examined> run(Path modelFile, String network, List<String> pictures)
            throws Exception {
        Path onnx = ReferenceData.file("models/" + network);
        List<FrameResult.Examined> results = new ArrayList<>();
        try (FramePipeline pipeline = open(modelFile, onnx, pictures.size())) {
            int most = pipeline.maxBatchSize();
            for (int first = 0; first < pictures.size(); first += most) {
                List<EncodedFrame> batch = new ArrayList<>();
                for (int i = first; i < Math.min(first + most, pictures.size()); i++) {
                    batch.add(frame(pictures.get(i)));
                }
                for (FrameResult result : pipeline.submit(batch).get()) {
                    results.add((FrameResult.Examined) result);
                }
            }
        }
        return results;
    }

    private static EncodedFrame frame(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(picture(name));
        BufferedImage size = ImageIO.read(picture(name).toFile());
        return new EncodedFrame(
                "camera",
                0,
                0,
                ImageEncoding.JPEG,
                size.getWidth(),
                size.getHeight(),
                ByteBuffer.wrap(bytes));
    }

    /** The faces in pixels of the network's input. */
    private static List<Face> found(FrameResult.Examined result, Letterbox letterbox) {
        Detections detections = result.detections();
        List<Face> faces = new ArrayList<>();
        for (int i = 0; i < detections.count(); i++) {
            float[] boxes = detections.boxes();
            List<Float> numbers = new ArrayList<>();
            numbers.add(letterbox.toInputX(boxes[4 * i]));
            numbers.add(letterbox.toInputY(boxes[4 * i + 1]));
            numbers.add(letterbox.toInputX(boxes[4 * i] + boxes[4 * i + 2]));
            numbers.add(letterbox.toInputY(boxes[4 * i + 1] + boxes[4 * i + 3]));
            for (int k = 0; k < detections.keypointCount(); k++) {
                int at = 3 * (detections.keypointCount() * i + k);
                numbers.add(letterbox.toInputX(detections.keypoints()[at]));
                numbers.add(letterbox.toInputY(detections.keypoints()[at + 1]));
                assertThat(detections.keypoints()[at + 2]).isEqualTo(detections.scores()[i]);
            }
            faces.add(new Face(numbers, detections.scores()[i]));
        }
        return faces;
    }

    /** A face of the reference, its box held within the frame as ours are. */
    private static Face expected(
            Letterbox letterbox, JsonNode numbers, boolean sized, int score, int landmarks) {
        float left = (float) numbers.get(0).asDouble();
        float top = (float) numbers.get(1).asDouble();
        float third = (float) numbers.get(2).asDouble();
        float fourth = (float) numbers.get(3).asDouble();
        List<Float> face = new ArrayList<>();
        face.add(heldX(letterbox, left));
        face.add(heldY(letterbox, top));
        face.add(heldX(letterbox, sized ? left + third : third));
        face.add(heldY(letterbox, sized ? top + fourth : fourth));
        for (int i = 0; i < 10 && landmarks > 0; i++) {
            face.add((float) numbers.get(landmarks + i).asDouble());
        }
        return new Face(face, (float) numbers.get(score).asDouble());
    }

    private static float heldX(Letterbox letterbox, float x) {
        return letterbox.toInputX(letterbox.toSourceXClipped(x));
    }

    private static float heldY(Letterbox letterbox, float y) {
        return letterbox.toInputY(letterbox.toSourceYClipped(y));
    }

    /** Every face has its partner on the other side, but for those at the score's threshold. */
    private static void assertSame(
            String name, List<Face> found, List<Face> expected, double threshold) {
        assertOneEach(name + ": expected", expected, found, threshold);
        assertOneEach(name + ": found", found, expected, threshold);
    }

    private static void assertOneEach(
            String what, List<Face> wanted, List<Face> among, double threshold) {
        for (Face face : wanted) {
            if (face.score() > threshold + SCORE) {
                assertThat(among.stream().filter(face::matches)).as("%s %s", what, face).hasSize(1);
            }
        }
    }

    private static Letterbox letterbox(String modelFile, FrameResult.Examined result)
            throws IOException {
        return ModelFileReader.read(modelFile(modelFile), ReferenceData.file("README.md"))
                .input()
                .letterbox(result.width(), result.height());
    }

    @Test
    void yunetFindsWhatTheReferenceFound() throws Exception {
        JsonNode reference =
                ReferenceData.json("expected/faces.json").get("face_detection_yunet_2023mar");
        List<FrameResult.Examined> results = run("yunet.yaml", "face_detection_yunet_2023mar.onnx");

        for (int i = 0; i < PICTURES.size(); i++) {
            Letterbox letterbox = letterbox("yunet.yaml", results.get(i));
            List<Face> expected = new ArrayList<>();
            reference
                    .get(PICTURES.get(i))
                    .get("faces_x_y_w_h_kps10_score_in_letterbox_px")
                    .forEach(face -> expected.add(expected(letterbox, face, true, 14, 4)));
            assertThat(expected).isNotEmpty();
            assertSame(PICTURES.get(i), found(results.get(i), letterbox), expected, 0.7);
        }
    }

    @Test
    void yolo5FaceFindsWhatTheReferenceFound() throws Exception {
        JsonNode reference = ReferenceData.json("expected/yolo5face_keypoints.json").get("images");
        List<FrameResult.Examined> results = run("yolo5face.yaml", "yolo5face_500m_320x320.onnx");

        for (int i = 0; i < PICTURES.size(); i++) {
            Letterbox letterbox = letterbox("yolo5face.yaml", results.get(i));
            List<Face> expected = new ArrayList<>();
            reference
                    .get(PICTURES.get(i))
                    .get("xyxy_score_kps10_letterbox_px")
                    .forEach(face -> expected.add(expected(letterbox, face, false, 4, 5)));
            assertThat(expected).isNotEmpty();
            assertSame(PICTURES.get(i), found(results.get(i), letterbox), expected, 0.5);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ultraface.yaml, version-RFB-320.onnx",
        "ultraface-raw.yaml, version-RFB-320_without_postprocessing.onnx"
    })
    void ultraFaceFindsWhatTheReferenceFound(String modelFile, String network) throws Exception {
        JsonNode reference = ReferenceData.json("expected/faces.json").get("version-RFB-320");
        List<FrameResult.Examined> results = run(modelFile, network);

        for (int i = 0; i < PICTURES.size(); i++) {
            Letterbox letterbox = letterbox(modelFile, results.get(i));
            List<Face> expected = new ArrayList<>();
            reference
                    .get(PICTURES.get(i))
                    .get("faces_xyxy_score")
                    .forEach(face -> expected.add(inInput(letterbox, face)));
            assertThat(expected).isNotEmpty();
            assertSame(PICTURES.get(i), found(results.get(i), letterbox), expected, 0.7);
        }
    }

    private static Face inInput(Letterbox letterbox, JsonNode face) {
        List<Float> numbers = new ArrayList<>();
        for (int i = 0; i < 4; i += 2) {
            float x = (float) face.get(i).asDouble();
            float y = (float) face.get(i + 1).asDouble();
            numbers.add(heldX(letterbox, letterbox.toInputX(x)));
            numbers.add(heldY(letterbox, letterbox.toInputY(y)));
        }
        return new Face(numbers, (float) face.get(4).asDouble());
    }

    @Test
    void ultraFaceFindsTheSameWithAndWithoutDecodingInTheGraph() throws Exception {
        List<FrameResult.Examined> inGraph = run("ultraface.yaml", "version-RFB-320.onnx");
        List<FrameResult.Examined> here =
                run("ultraface-raw.yaml", "version-RFB-320_without_postprocessing.onnx");

        for (int i = 0; i < PICTURES.size(); i++) {
            Detections expected = inGraph.get(i).detections();
            Detections found = here.get(i).detections();
            assertThat(found.count()).isEqualTo(expected.count()).isPositive();
            for (int k = 0; k < found.boxes().length; k++) {
                assertThat(found.boxes()[k]).isCloseTo(expected.boxes()[k], within(0.05f));
            }
            assertThat(found.scores()).containsExactly(expected.scores(), within(1e-4f));
        }
    }

    /**
     * The reference was made with other weights of the same network and a larger input, so that the
     * faces must be there, but not to the pixel.
     */
    @ParameterizedTest
    @CsvSource({"YuFaceDetectNet.onnx, none", "yunet_yunet_final_320_320_simplify.onnx, softmax"})
    void yuFaceDetectNetFindsTheFaces(String network, String activation) throws Exception {
        String text = Files.readString(modelFile("yufacedetectnet.yaml"));
        Path file =
                Files.writeString(
                        folder.resolve("model.yaml"),
                        text.replace("score-activation: none", "score-activation: " + activation));
        JsonNode expected =
                ReferenceData.json("expected/faces.json")
                        .at("/face_detection_yunet_2022mar/zidane.jpg");

        // Two images, because one of the networks has no batch dimension in its outputs.
        FrameResult.Examined result =
                run(file, network, List.of("faces/largest_selfie.jpg", "zidane.jpg")).get(1);

        float scale = (float) result.width() / expected.at("/input_wh/0").asInt();
        assertThat(expected.get("faces")).hasSize(2);
        for (JsonNode face : expected.get("faces")) {
            assertThat(overlapping(result.detections(), face, scale)).as("%s", face).hasSize(1);
        }
    }

    /** The detections that lie where a face does, with all landmarks near its landmarks. */
    private static List<Integer> overlapping(Detections found, JsonNode face, float scale) {
        float[] e = new float[14];
        for (int i = 0; i < e.length; i++) {
            e[i] = scale * (float) face.get(i).asDouble();
        }
        List<Integer> matches = new ArrayList<>();
        for (int i = 0; i < found.count(); i++) {
            float[] b = Arrays.copyOfRange(found.boxes(), 4 * i, 4 * i + 4);
            float iou =
                    BoxOverlap.iou(
                            b[0],
                            b[1],
                            b[0] + b[2],
                            b[1] + b[3],
                            b[2] * b[3],
                            e[0],
                            e[1],
                            e[0] + e[2],
                            e[1] + e[3],
                            e[2] * e[3]);
            double farthest = 0;
            for (int k = 0; k < 5; k++) {
                float x = found.keypoints()[3 * (5 * i + k)] - e[4 + 2 * k];
                float y = found.keypoints()[3 * (5 * i + k) + 1] - e[5 + 2 * k];
                farthest = Math.max(farthest, Math.hypot(x, y));
            }
            if (iou > 0.6f && farthest < 0.15 * e[2]) {
                matches.add(i);
            }
        }
        return matches;
    }
}
