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
package io.frameflow.cli.evaluate.tracking;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where ground truth and tracks of a sequence lie.
 *
 * @param name name of the sequence, which is that of its folder
 * @param truth file of ground truth
 * @param tracks file of tracks
 */
public record SequenceFiles(String name, Path truth, Path tracks) {
    private static final Pattern LENGTH =
            Pattern.compile("(?m)^\\s*seqLength\\s*=\\s*(\\d{1,9})\\s*$");

    /**
     * Finds sequences in the places where MOTChallenge keeps them.
     *
     * @param truth a file; a folder with {@code gt.txt} or {@code gt/gt.txt}; or a folder of such
     *     folders
     * @param tracks a file if there is one sequence, else a folder with {@code NAME.txt} for each
     * @return at least one
     * @throws EvaluationException if something is missing; the message says what
     * @throws IOException if a folder cannot be read
     */
    public static List<SequenceFiles> find(Path truth, Path tracks) throws IOException {
        if (Files.isRegularFile(truth)) {
            return List.of(of(nameOf(truth), truth, tracks));
        }
        if (!Files.isDirectory(truth)) {
            throw new EvaluationException(
                    "there is no ground truth " + truth + ": give gt.txt or a folder of sequences");
        }
        Path own = truthIn(truth);
        if (own != null) {
            return List.of(of(nameOf(own), own, tracks));
        }
        List<SequenceFiles> found = new ArrayList<>();
        for (Path folder : foldersIn(truth)) {
            Path file = truthIn(folder);
            if (file != null) {
                found.add(of(nameOf(file), file, tracks));
            }
        }
        if (found.isEmpty()) {
            throw new EvaluationException(
                    "no folder in " + truth + " has a gt.txt or a gt/gt.txt: is it the right one?");
        }
        if (found.size() > 1 && Files.isRegularFile(tracks)) {
            throw new EvaluationException(
                    truth
                            + " has "
                            + found.size()
                            + " sequences: give a folder of tracks with a file for each, such as "
                            + found.get(0).name
                            + ".txt");
        }
        return found;
    }

    /** The number of frames that {@code seqinfo.ini} tells, or 0 if there is none. */
    int length() throws IOException {
        Path info = folderOf(truth).resolve("seqinfo.ini");
        if (!Files.isRegularFile(info)) {
            return 0;
        }
        Matcher length = LENGTH.matcher(Files.readString(info, StandardCharsets.ISO_8859_1));
        return length.find() ? Integer.parseInt(length.group(1)) : 0;
    }

    private static SequenceFiles of(String name, Path truth, Path tracks)
            throws EvaluationException {
        Path file = Files.isDirectory(tracks) ? tracks.resolve(name + ".txt") : tracks;
        if (!Files.isRegularFile(file)) {
            throw new EvaluationException("there are no tracks of " + name + ": expected " + file);
        }
        return new SequenceFiles(name, truth, file);
    }

    private static @Nullable Path truthIn(Path folder) {
        return Stream.of(folder.resolve("gt").resolve("gt.txt"), folder.resolve("gt.txt"))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElse(null);
    }

    private static List<Path> foldersIn(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory).sorted().toList();
        }
    }

    private static String nameOf(Path truth) {
        Path folder = folderOf(truth).getFileName();
        return folder == null ? truth.toString() : folder.toString();
    }

    private static Path folderOf(Path truth) {
        Path folder = truth.toAbsolutePath().normalize().getParent();
        Path name = folder == null ? null : folder.getFileName();
        Path above = folder == null ? null : folder.getParent();
        if (name != null && above != null && name.toString().equals("gt")) {
            return above;
        }
        return folder == null ? truth : folder;
    }
}
