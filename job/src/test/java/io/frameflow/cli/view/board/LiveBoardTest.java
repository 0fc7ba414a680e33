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
package io.frameflow.cli.view.board;

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.schema.ControlAcknowledgement;
import io.frameflow.schema.DeadLetter;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.Preview;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LiveBoardTest {
    private static final String CAMERA = "gate";

    private final AtomicLong clock = new AtomicLong(1_790_000_000_000L);
    private final List<ShownFrame> shown = new ArrayList<>();
    private final List<Long> examined = new ArrayList<>();
    private final LiveBoard board =
            new LiveBoard(
                    new LiveListener() {
                        @Override
                        public void shown(ShownFrame frame) {
                            shown.add(frame);
                        }

                        @Override
                        public void examined(FrameDetections frame) {
                            examined.add(frame.getSequence());
                        }

                        @Override
                        public void acknowledged(ControlAcknowledgement acknowledgement) {}
                    },
                    clock::get);

    @Test
    void picturesAndResultsComeTogetherWhicheverIsFirst() {
        add(TestRecords.preview(CAMERA, 1));
        add(TestRecords.detections(CAMERA, 1, "car"));
        add(TestRecords.detections(CAMERA, 2, "car", "car"));
        add(TestRecords.preview(CAMERA, 2));

        assertThat(shown).extracting(ShownFrame::sequence).containsExactly(1L, 2L);
        assertThat(shown.get(1).result().getObjects()).hasSize(2);
        assertThat(shown.get(1).pictures().id()).isEqualTo(2);
        assertThat(examined).containsExactly(1L, 2L);
    }

    @Test
    void framesOfAnotherSessionOrCameraAreOthers() {
        add(TestRecords.preview(CAMERA, 1));
        FrameDetections other = TestRecords.detections(CAMERA, 1);
        other.setSession("later");
        add(other);
        add(TestRecords.detections("yard", 1));

        assertThat(shown).extracting(ShownFrame::cameraId).containsExactly("yard");
    }

    @Test
    void picturesWhoseResultsDoNotComeAreShownAlone() {
        add(TestRecords.preview(CAMERA, 1));
        board.tick();
        assertThat(shown).isEmpty();

        clock.addAndGet(2000);
        board.tick();

        assertThat(shown).hasSize(1);
        assertThat(shown.get(0).result()).isNull();
        assertThat(shown.get(0).pictures()).isNotNull();
    }

    @Test
    void whereNoPicturesComeSomeResultsAreShownAlone() {
        for (int sequence = 0; sequence < 100; sequence++) {
            clock.addAndGet(10);
            add(TestRecords.detections(CAMERA, sequence));
        }

        assertThat(shown).hasSizeBetween(6, 7);
        assertThat(shown).allSatisfy(frame -> assertThat(frame.pictures()).isNull());
        assertThat(examined).hasSize(100);
    }

    @Test
    void picturesThatNobodyWaitsForLeaveInTheirOrder() {
        for (int sequence = 0; sequence < 20; sequence++) {
            add(TestRecords.preview(CAMERA, sequence));
        }

        assertThat(shown).extracting(ShownFrame::sequence).startsWith(0L, 1L, 2L).hasSize(12);
    }

    @Test
    void picturesAreKeptWithinTheirRoom() {
        PictureStore store = new PictureStore(10);
        for (long id = 1; id <= 5; id++) {
            store.add(new Pictures(id, ByteBuffer.allocate(3), ByteBuffer.allocate(1)));
        }

        assertThat(store.find(3)).isEmpty();
        assertThat(store.find(4)).isPresent();
        assertThat(store.find(5)).isPresent();
        store.add(new Pictures(6, ByteBuffer.allocate(11), null));
        assertThat(store.find(6)).as("larger than all the room").isEmpty();
        assertThat(store.size()).isEqualTo(2);
    }

    @Test
    void tellsRatesLatenciesAndStages() {
        for (int sequence = 0; sequence < 100; sequence++) {
            clock.addAndGet(40);
            FrameDetections frame = TestRecords.detections(CAMERA, sequence, "car");
            board.add(frame, 100, frame.getCaptureTimeUs() / 1000 + (sequence < 50 ? 30 : 90));
        }

        CameraDetails details = board.details(CAMERA).orElseThrow();
        assertThat(details.rate()).isBetween(19.0, 26.0);
        assertThat(details.latencyMedianMillis()).isIn(30L, 90L);
        assertThat(details.latencyMostMillis()).isEqualTo(90);
        assertThat(details.stageMicros())
                .containsEntry("inference", 5000.0)
                .containsEntry("queue", 1000.0);
        assertThat(board.details("other")).isEmpty();
        Overview.Camera camera = board.overview().cameras().get(0);
        assertThat(camera.objects()).isEqualTo(1);
        assertThat(camera.silentMillis()).isZero();
    }

    @Test
    void countsObjectsOfEachSecond() {
        add(TestRecords.detections(CAMERA, 1, "car", "car", "person"));
        add(TestRecords.detections(CAMERA, 2, "car"));
        clock.addAndGet(2000);
        add(TestRecords.detections(CAMERA, 3));

        CameraDetails details = board.details(CAMERA).orElseThrow();
        assertThat(details.labels()).containsExactly("car", "person");
        assertThat(details.counts()).hasSize(SecondCounts.SECONDS);
        assertThat(details.counts().get(SecondCounts.SECONDS - 3)).containsExactly(1.5f, 0.5f);
        assertThat(details.counts().get(SecondCounts.SECONDS - 2)).isEmpty();
        assertThat(details.counts().get(SecondCounts.SECONDS - 1)).containsExactly(0f, 0f);
    }

    @Test
    void anyNumberOfCamerasAndLabelsTakesBoundedRoom() {
        for (int camera = 0; camera < LiveBoard.MAX_CAMERAS + 10; camera++) {
            add(TestRecords.detections("camera " + camera, 1));
        }
        for (int label = 0; label < 1000; label++) {
            add(TestRecords.detections("camera 100", label, "label " + label));
        }

        assertThat(board.overview().cameras()).hasSize(LiveBoard.MAX_CAMERAS);
        assertThat(board.overview().forgotten()).isEqualTo(10);
        assertThat(board.details("camera 100").orElseThrow().labels())
                .hasSizeLessThanOrEqualTo(12)
                .contains(SecondCounts.OTHERS);
    }

    @Test
    void deadLettersAreCountedAndTheLatestKeptWithoutTheirBytes() {
        for (int offset = 0; offset < 50; offset++) {
            board.add(letter(offset));
        }

        Overview overview = board.overview();
        assertThat(overview.deadLetters()).isEqualTo(50);
        assertThat(overview.latestDeadLetters()).hasSize(20);
        assertThat(overview.latestDeadLetters().get(0).getSourceOffset()).isEqualTo(49);
        assertThat(overview.latestDeadLetters().get(0).getPayload()).isNull();
    }

    private void add(FrameDetections frame) {
        board.add(frame, 1000, clock.get());
    }

    private void add(Preview preview) {
        board.add(preview);
    }

    private static DeadLetter letter(long offset) {
        return DeadLetter.newBuilder()
                .setSourceTopic("frames")
                .setSourcePartition(0)
                .setSourceOffset(offset)
                .setSourceTimestampMs(0)
                .setStage("decode")
                .setCode("CORRUPT_IMAGE")
                .setMessage("no picture")
                .setPayloadSize(3)
                .setPayload(ByteBuffer.allocate(3))
                .build();
    }
}
