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
package io.frameflow.cli.motchallenge;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads MOTChallenge's text files: a row a box, {@code frame, id, bb_left, bb_top, bb_width,
 * bb_height, conf} and up to three further numbers that are checked and, but for the class in
 * ground truth, left out. Blank rows are skipped.
 */
public final class MotChallengeReader {
    private static final List<String> COLUMNS =
            List.of(
                    "frame",
                    "id",
                    "bb_left",
                    "bb_top",
                    "bb_width",
                    "bb_height",
                    "conf",
                    "x",
                    "y",
                    "z");
    private static final int FEWEST_COLUMNS = 7;
    private static final int CLASS_COLUMN = 7;
    private static final int NO_CLASS = -1;
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final int LONGEST_QUOTE = 40;

    private final String name;

    private MotChallengeReader(String name) {
        this.name = name;
    }

    /**
     * Reads a file of detections or tracks.
     *
     * @return its rows, in the order of the file
     * @throws MotChallengeFormatException if a row is wrong; the message says where and how
     * @throws IOException if the file cannot be read
     */
    public static List<MotChallengeRow> read(Path file)
            throws IOException, MotChallengeFormatException {
        return new MotChallengeReader(file.toString())
                .readAll(file, MotChallengeReader::boxOfTracker);
    }

    /**
     * Reads a file of ground truth: there {@code conf} is 0 for a box that is not to be judged, and
     * the eighth number is the class, where there is one and it is not -1.
     *
     * @return its rows, in the order of the file
     * @throws MotChallengeFormatException if a row is wrong; the message says where and how
     * @throws IOException if the file cannot be read
     */
    public static List<GroundTruthRow> readTruth(Path file)
            throws IOException, MotChallengeFormatException {
        return new MotChallengeReader(file.toString())
                .readAll(file, MotChallengeReader::boxOfTruth);
    }

    /** Makes a row of its numbers. */
    @FunctionalInterface
    private interface RowMaker<T> {
        T make(MotChallengeReader reader, double[] values, int line)
                throws MotChallengeFormatException;
    }

    private <T> List<T> readAll(Path file, RowMaker<T> maker)
            throws IOException, MotChallengeFormatException {
        List<T> rows = new ArrayList<>();
        int number = 0;
        // Each byte is a character, so that a file that is no text fails with a line and a column.
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    rows.add(maker.make(this, numbers(line, number), number));
                }
            }
        }
        return rows;
    }

    private double[] numbers(String line, int number) throws MotChallengeFormatException {
        String[] cells = line.split(",", -1);
        if (cells.length < FEWEST_COLUMNS || cells.length > COLUMNS.size()) {
            throw new MotChallengeFormatException(
                    name,
                    number,
                    String.format(
                            "has %d columns separated by commas, expected %d to %d: %s",
                            cells.length,
                            FEWEST_COLUMNS,
                            COLUMNS.size(),
                            String.join(",", COLUMNS)));
        }
        double[] values = new double[cells.length];
        for (int column = 0; column < cells.length; column++) {
            values[column] = number(cells[column].strip(), number, column);
        }
        return values;
    }

    private MotChallengeRow boxOfTracker(double[] values, int line)
            throws MotChallengeFormatException {
        return new MotChallengeRow(
                (int) whole(values[0], 1, Integer.MAX_VALUE, line, 0),
                whole(values[1], -1, Long.MAX_VALUE, line, 1),
                values[2],
                values[3],
                values[4],
                values[5],
                values[6]);
    }

    private GroundTruthRow boxOfTruth(double[] values, int line)
            throws MotChallengeFormatException {
        int classId = NO_CLASS;
        if (values.length > CLASS_COLUMN && values[CLASS_COLUMN] != NO_CLASS) {
            classId = (int) whole(values[CLASS_COLUMN], 0, Integer.MAX_VALUE, line, CLASS_COLUMN);
        }
        return new GroundTruthRow(
                (int) whole(values[0], 1, Integer.MAX_VALUE, line, 0),
                whole(values[1], 0, Long.MAX_VALUE, line, 1),
                values[2],
                values[3],
                values[4],
                values[5],
                (int) values[6] != 0,
                classId);
    }

    private double number(String cell, int line, int column) throws MotChallengeFormatException {
        if (NUMBER.matcher(cell).matches()) {
            double value = Double.parseDouble(cell);
            if (Double.isFinite(value)) {
                return value;
            }
        }
        throw wrong(line, column, "is '" + shortened(cell) + "', expected a finite number");
    }

    private long whole(double value, long least, long most, int line, int column)
            throws MotChallengeFormatException {
        if (value != Math.rint(value) || value < least || value >= most) {
            throw wrong(
                    line,
                    column,
                    String.format("is %s, expected a whole number from %d", value, least));
        }
        return (long) value;
    }

    private MotChallengeFormatException wrong(int line, int column, String problem) {
        return new MotChallengeFormatException(
                name, line, "column " + (column + 1) + " (" + COLUMNS.get(column) + ") " + problem);
    }

    private static String shortened(String cell) {
        return cell.length() <= LONGEST_QUOTE ? cell : cell.substring(0, LONGEST_QUOTE) + "...";
    }
}
