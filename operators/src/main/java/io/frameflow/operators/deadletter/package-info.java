/** Messages that end in the dead-letters topic: their record, with the reason and the origin. */
@NullMarked
package io.frameflow.operators.deadletter;

import org.jspecify.annotations.NullMarked;
