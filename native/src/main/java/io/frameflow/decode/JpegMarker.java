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
package io.frameflow.decode;

/** Marker codes of JPEG files, by their names in ITU-T T.81, table B.1. */
final class JpegMarker {
    static final int TEM = 0x01;
    static final int SOF0_BASELINE = 0xC0;
    static final int SOF1_EXTENDED = 0xC1;
    static final int SOF2_PROGRESSIVE = 0xC2;
    static final int SOF3_LOSSLESS = 0xC3;
    static final int DHT = 0xC4;
    static final int SOF5 = 0xC5;
    static final int SOF7 = 0xC7;
    static final int SOF9 = 0xC9;
    static final int SOF15 = 0xCF;
    static final int RST0 = 0xD0;
    static final int RST7 = 0xD7;
    static final int SOI = 0xD8;
    static final int EOI = 0xD9;
    static final int SOS = 0xDA;
    static final int DQT = 0xDB;
    static final int DNL = 0xDC;
    static final int DRI = 0xDD;
    static final int DHP = 0xDE;
    static final int EXP = 0xDF;
    static final int APP0 = 0xE0;
    static final int APP14 = 0xEE;
    static final int APP15 = 0xEF;
    static final int COM = 0xFE;

    private JpegMarker() {}

    static boolean isRestart(int marker) {
        return marker >= RST0 && marker <= RST7;
    }

    /** Whether the marker has no segment, and none of its own meaning between segments. */
    static boolean standsAlone(int marker) {
        return marker == TEM || isRestart(marker);
    }

    /** Whether pixels can be had without the marker's segment. */
    static boolean isIgnorable(int marker) {
        return (marker >= APP0 && marker <= APP15) || marker == COM || marker == DNL;
    }

    /** Lossless, hierarchical and arithmetic coding. */
    static boolean isUnsupportedProcess(int marker) {
        return marker == SOF3_LOSSLESS
                || (marker >= SOF5 && marker <= SOF7)
                || (marker >= SOF9 && marker <= SOF15)
                || marker == DHP
                || marker == EXP;
    }
}
