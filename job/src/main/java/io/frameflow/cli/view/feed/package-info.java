/** The Kafka side of the live window: one consumer for all who look on. */
@NullMarked
package io.frameflow.cli.view.feed;

import org.jspecify.annotations.NullMarked;
