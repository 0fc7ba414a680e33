/**
 * Plane geometry in whole numbers: every question has one exact answer, on every machine, also for
 * points that touch a line or a vertex.
 */
@NullMarked
package io.frameflow.operators.analytics.geometry;

import org.jspecify.annotations.NullMarked;
