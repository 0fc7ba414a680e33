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
package io.frameflow.operators.types;

import io.frameflow.schema.Control;
import io.frameflow.schema.ControlAcknowledgement;
import io.frameflow.schema.DeadLetter;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.Preview;
import io.frameflow.schema.TrackEvent;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * Type information of the Avro records that cross from one operator to another.
 *
 * <p>Flink does not find it by itself: pass it to {@code returns}, {@code OutputTag}, {@code
 * transform} and state descriptors, or implement {@code ResultTypeQueryable}. Where it was
 * forgotten, building the job fails.
 */
public final class RecordTypes {
    private RecordTypes() {}

    /** Results. */
    public static TypeInformation<FrameDetections> frameDetections() {
        return of(FrameDetections.class);
    }

    /** Dead letters. */
    public static TypeInformation<DeadLetter> deadLetter() {
        return of(DeadLetter.class);
    }

    /** Track events. */
    public static TypeInformation<TrackEvent> trackEvent() {
        return of(TrackEvent.class);
    }

    /** Control messages. */
    public static TypeInformation<Control> control() {
        return of(Control.class);
    }

    /** Acknowledgements of control messages. */
    public static TypeInformation<ControlAcknowledgement> controlAcknowledgement() {
        return of(ControlAcknowledgement.class);
    }

    /** Pictures to look at. */
    public static TypeInformation<Preview> preview() {
        return of(Preview.class);
    }

    private static <T extends SpecificRecordBase> TypeInformation<T> of(Class<T> type) {
        return new AtomicTypeInformation<>(type, new RecordSerializer<>(type));
    }
}
