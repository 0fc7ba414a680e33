/**
 * Pictures of some frames, for people to look at: which frames, and the records that they become.
 * They are a sample that may be left out at any time, and nothing else rests on them.
 */
@NullMarked
package io.frameflow.operators.preview;

import org.jspecify.annotations.NullMarked;
