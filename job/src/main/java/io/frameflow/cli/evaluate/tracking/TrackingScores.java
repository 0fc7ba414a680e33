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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How well tracks follow ground truth, in one sequence or several together.
 *
 * @param hota HOTA and its parts
 * @param clear CLEAR MOT
 * @param identity identity figures
 * @param boxes boxes of tracks that were judged
 * @param objectBoxes boxes of objects to be found
 * @param tracks different tracks
 * @param objects different objects
 */
record TrackingScores(
        HotaScores hota,
        ClearScores clear,
        IdentityScores identity,
        long boxes,
        long objectBoxes,
        long tracks,
        long objects) {
    private static final double PERCENT = 100;

    /** The scores of several sequences together, as TrackEval's COMBINED_SEQ. */
    static TrackingScores combine(List<TrackingScores> parts) {
        return new TrackingScores(
                HotaScores.combine(parts.stream().map(TrackingScores::hota).toList()),
                ClearScores.combine(parts.stream().map(TrackingScores::clear).toList()),
                IdentityScores.combine(parts.stream().map(TrackingScores::identity).toList()),
                parts.stream().mapToLong(TrackingScores::boxes).sum(),
                parts.stream().mapToLong(TrackingScores::objectBoxes).sum(),
                parts.stream().mapToLong(TrackingScores::tracks).sum(),
                parts.stream().mapToLong(TrackingScores::objects).sum());
    }

    static TrackingScores of(Sequence sequence, double threshold) {
        return new TrackingScores(
                HotaScores.of(sequence),
                ClearScores.of(sequence, threshold),
                IdentityScores.of(sequence, threshold),
                sequence.trackBoxes(),
                sequence.objectBoxes(),
                sequence.tracks(),
                sequence.objects());
    }

    /** The figures by TrackEval's names, in its order: shares in percent, counts as they are. */
    Map<String, Number> figures() {
        Map<String, Number> figures = new LinkedHashMap<>();
        addHota(figures);
        addClear(figures);
        addIdentity(figures);
        figures.put("Dets", boxes);
        figures.put("GT_Dets", objectBoxes);
        figures.put("IDs", tracks);
        figures.put("GT_IDs", objects);
        return figures;
    }

    private void addHota(Map<String, Number> figures) {
        figures.put("HOTA", PERCENT * hota.hota());
        figures.put("DetA", PERCENT * hota.detA());
        figures.put("AssA", PERCENT * hota.assA());
        figures.put("DetRe", PERCENT * hota.detRe());
        figures.put("DetPr", PERCENT * hota.detPr());
        figures.put("AssRe", PERCENT * hota.assRe());
        figures.put("AssPr", PERCENT * hota.assPr());
        figures.put("LocA", PERCENT * hota.locA());
        figures.put("OWTA", PERCENT * hota.owta());
        figures.put("HOTA(0)", PERCENT * hota.hotaAtLowest());
        figures.put("LocA(0)", PERCENT * hota.locAAtLowest());
        figures.put("HOTALocA(0)", PERCENT * hota.hotaAtLowest() * hota.locAAtLowest());
    }

    private void addClear(Map<String, Number> figures) {
        figures.put("MOTA", PERCENT * clear.mota());
        figures.put("MOTP", PERCENT * clear.motp());
        figures.put("MODA", PERCENT * clear.moda());
        figures.put("CLR_Re", PERCENT * clear.recall());
        figures.put("CLR_Pr", PERCENT * clear.precision());
        figures.put("MTR", PERCENT * clear.mostlyTrackedShare());
        figures.put("PTR", PERCENT * clear.partlyTrackedShare());
        figures.put("MLR", PERCENT * clear.mostlyLostShare());
        figures.put("sMOTA", PERCENT * clear.softMota());
        figures.put("CLR_F1", PERCENT * clear.f1());
        figures.put("MOTAL", PERCENT * clear.motal());
        figures.put("FP_per_frame", clear.wrongPerFrame());
        figures.put("CLR_TP", clear.found());
        figures.put("CLR_FN", clear.missed());
        figures.put("CLR_FP", clear.wrong());
        figures.put("IDSW", clear.switches());
        figures.put("MT", clear.mostlyTracked());
        figures.put("PT", clear.partlyTracked());
        figures.put("ML", clear.mostlyLost());
        figures.put("Frag", clear.fragments());
        figures.put("CLR_Frames", clear.frames());
    }

    private void addIdentity(Map<String, Number> figures) {
        figures.put("IDF1", PERCENT * identity.f1());
        figures.put("IDR", PERCENT * identity.recall());
        figures.put("IDP", PERCENT * identity.precision());
        figures.put("IDTP", identity.found());
        figures.put("IDFN", identity.missed());
        figures.put("IDFP", identity.wrong());
    }
}
