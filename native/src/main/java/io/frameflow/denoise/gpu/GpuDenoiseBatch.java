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
package io.frameflow.denoise.gpu;

import io.frameflow.cuda.CudaDevice;
import io.frameflow.cuda.CudaEvent;
import io.frameflow.cuda.CudaStream;
import io.frameflow.cuda.DeviceBuffer;
import io.frameflow.cuda.kernel.DenoiseKernel;
import io.frameflow.cuda.kernel.DenoisePictures;
import io.frameflow.cuda.kernel.KernelCache;
import io.frameflow.cuda.kernel.NoiseMeterKernel;
import io.frameflow.cuda.kernel.PictureLayout;
import io.frameflow.decode.gpu.GpuPicture;
import io.frameflow.denoise.DenoiseSettings;
import io.frameflow.denoise.FilterTuning;
import io.frameflow.denoise.FramePlace;
import io.frameflow.resource.Rollback;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Noise reduction for one batch in flight. For each batch: {@link #begin}, {@link #add} for each
 * picture in order, {@link #submit}, {@link #output} for each; and {@link #restsOnFrames} when the
 * work on the stream is done, before the next {@link #begin}.
 *
 * <p>Pictures of different cameras are filtered by one launch, or by two where some are interleaved
 * pixels and others planes. Of a camera that has several in the batch the second ones are filtered
 * behind the first ones, and so on. Nothing waits for the host. Memory grows to the largest batch
 * seen. Used by one thread, but for what is read afterwards.
 */
public final class GpuDenoiseBatch implements AutoCloseable {
    private static final int ALIGNMENT = 256;
    private static final int GROUP = 8;

    /** Of planes, as decoders leave them. */
    private static final int PITCH_ALIGNMENT = 64;

    private static final long FIRST_BYTES = 1 << 20;

    private final GpuDenoiser owner;
    private final int capacity;
    private final DenoisePictures pictures;
    private final NoiseMeterKernel meter;
    private final DenoiseKernel pixelFilter;
    private final DenoiseKernel planesFilter;
    private final CudaEvent started;
    private final CudaEvent finished;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Integer> framesOfCamera = new HashMap<>();
    private final Set<String> switchedOff = new HashSet<>();
    private final int[] indexOfPlace;
    private DeviceBuffer outputs;
    private boolean worked;

    /**
     * A picture to filter: its rank is the number of earlier ones of its camera in the batch. It
     * begins anew where noise was not reduced in the frame before it.
     */
    private record Entry(
            int place,
            int rank,
            boolean anew,
            FramePlace frame,
            GpuPicture picture,
            DenoiseSettings settings,
            long outputOffset) {
        boolean isInPlanes() {
            return picture.layout().isInPlanes();
        }

        PictureLayout outputLayout() {
            return isInPlanes() ? picture.layout() : PictureLayout.RGB8;
        }

        int outputPitch() {
            return isInPlanes()
                    ? roundedUp(picture.width(), PITCH_ALIGNMENT)
                    : outputLayout().rowBytes(roundedUp(picture.width(), GROUP));
        }

        long outputEnd() {
            // Also where chroma is halved and the last row of luma has one for itself.
            int rows = roundedUp(picture.height(), 2);
            long end = outputOffset + outputLayout().bytes(outputPitch(), rows);
            return (end + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        }

        private static int roundedUp(int number, int multiple) {
            return (number + multiple - 1) / multiple * multiple;
        }
    }

    GpuDenoiseBatch(GpuDenoiser owner, CudaDevice device, KernelCache kernels, int capacity) {
        this.owner = owner;
        this.capacity = capacity;
        this.indexOfPlace = new int[capacity];
        try (Rollback rollback = new Rollback()) {
            pictures = rollback.add(new DenoisePictures(capacity));
            meter = rollback.add(new NoiseMeterKernel(device, kernels, pictures));
            pixelFilter = rollback.add(DenoiseKernel.ofPixels(device, kernels, pictures));
            planesFilter = rollback.add(DenoiseKernel.ofPlanes(device, kernels, pictures));
            started = rollback.add(new CudaEvent());
            finished = rollback.add(new CudaEvent());
            outputs = rollback.add(new DeviceBuffer(FIRST_BYTES));
            rollback.commit();
        }
    }

    /** Begins a batch; the work queued for the last one of this must be done. */
    public void begin() {
        entries.clear();
        framesOfCamera.clear();
        switchedOff.clear();
        worked = false;
        Arrays.fill(indexOfPlace, -1);
        owner.beginBatch();
    }

    /**
     * Adds a picture that lies, or will lie, in device memory; frames of a camera in their order.
     * Where the settings are off, it stays as it is, and its camera's history is forgotten.
     *
     * @param place its place in the batch
     */
    public void add(int place, FramePlace frame, GpuPicture picture, DenoiseSettings settings) {
        if (settings.isOff()) {
            if (!entries.isEmpty() || owner.hasHistories()) {
                switchedOff.add(frame.cameraId());
            }
            return;
        }
        if (entries.size() == capacity) {
            throw new IllegalStateException("the batch is full");
        }
        int rank = framesOfCamera.merge(frame.cameraId(), 1, Integer::sum) - 1;
        long offset = entries.isEmpty() ? 0 : entries.get(entries.size() - 1).outputEnd();
        boolean anew = switchedOff.remove(frame.cameraId());
        entries.add(new Entry(place, rank, anew, frame, picture, settings, offset));
    }

    /** Whether there is nothing to do: no picture was added whose noise is to be reduced. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /**
     * Queues the work, behind what brings the pictures there. Where that fails, all histories are
     * forgotten, since it is not known which of them are up to date.
     */
    public void submit(CudaStream stream) {
        if (!entries.isEmpty()) {
            reserve();
            try {
                queue(stream);
            } catch (RuntimeException | Error e) {
                owner.forgetAll();
                throw e;
            }
        }
        switchedOff.forEach(owner::forget);
    }

    private void queue(CudaStream stream) {
        List<List<Entry>> ranks = byRank();
        int index = 0;
        for (List<Entry> rank : ranks) {
            for (Entry entry : rank) {
                describe(index, entry);
                indexOfPlace[entry.place] = index++;
            }
        }
        pictures.upload(entries.size(), stream);
        started.record(stream);
        int first = 0;
        for (List<Entry> rank : ranks) {
            meter.launch(first, rank.size(), stream);
            int pixels = (int) rank.stream().filter(entry -> !entry.isInPlanes()).count();
            launch(pixelFilter, first, rank.subList(0, pixels), stream);
            launch(planesFilter, first + pixels, rank.subList(pixels, rank.size()), stream);
            first += rank.size();
        }
        finished.record(stream);
        pictures.download(entries.size(), stream);
        worked = true;
    }

    private static void launch(
            DenoiseKernel filter, int first, List<Entry> entries, CudaStream stream) {
        if (!entries.isEmpty()) {
            int width = 0;
            int height = 0;
            for (Entry entry : entries) {
                width = Math.max(width, entry.picture.width());
                height = Math.max(height, entry.picture.height());
            }
            filter.launch(first, entries.size(), width, height, stream);
        }
    }

    private void reserve() {
        long needed = entries.get(entries.size() - 1).outputEnd();
        if (needed > outputs.bytes()) {
            outputs.close();
            outputs = new DeviceBuffer(needed + needed / 2);
        }
    }

    private List<List<Entry>> byRank() {
        List<List<Entry>> ranks = new ArrayList<>();
        for (Entry entry : entries) {
            // A camera's frames come in order, so the ranks before this one are there.
            if (entry.rank == ranks.size()) {
                ranks.add(new ArrayList<>());
            }
            ranks.get(entry.rank).add(entry);
        }
        // A launch filters what lies side by side: first interleaved pixels, then planes.
        ranks.forEach(rank -> rank.sort(Comparator.comparing(Entry::isInPlanes)));
        return ranks;
    }

    private void describe(int index, Entry entry) {
        GpuPicture picture = entry.picture;
        GpuHistory.Shape shape = GpuHistory.Shape.of(picture);
        GpuHistory history = owner.history(entry.frame, shape);
        boolean begins = history.advance(entry.frame) || entry.anew;
        pictures.set(
                index,
                picture.width(),
                picture.height(),
                picture.layout(),
                new DenoisePictures.Memory(
                        picture.address(),
                        picture.pitch(),
                        history.readMeans(),
                        history.writtenMeans(),
                        shape.pitch(),
                        history.frameCount(),
                        outputs.address() + entry.outputOffset,
                        entry.outputPitch()),
                begins,
                FilterTuning.of(entry.settings));
    }

    /**
     * Where the picture with less noise will lie, valid until the next batch of this: in the layout
     * that came in where it is in planes, as RGB8 otherwise.
     *
     * @param place its place in the batch
     * @param picture the picture that was added; given back where it was left as it is
     */
    public GpuPicture output(int place, GpuPicture picture) {
        for (Entry entry : entries) {
            if (entry.place == place) {
                return new GpuPicture(
                        picture.width(),
                        picture.height(),
                        entry.outputLayout(),
                        outputs.address() + entry.outputOffset,
                        entry.outputPitch());
            }
        }
        return picture;
    }

    /**
     * Frames that the picture rests on, itself included; 0 where it was left as it is. Once the
     * work is done.
     */
    public int restsOnFrames(int place) {
        int index = indexOfPlace[place];
        return index < 0 ? 0 : pictures.restsOnFrames(index);
    }

    /** Nanoseconds that the stage took; once the work is done. */
    public long nanos() {
        return worked ? finished.nanosSince(started) : 0;
    }

    @Override
    public void close() {
        try (Rollback everything = new Rollback()) {
            everything.add(pictures);
            everything.add(meter);
            everything.add(pixelFilter);
            everything.add(planesFilter);
            everything.add(started);
            everything.add(finished);
            everything.add(outputs);
        }
    }
}
