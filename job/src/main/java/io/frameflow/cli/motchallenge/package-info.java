/** MOTChallenge's text files of detections and tracks. */
@NullMarked
package io.frameflow.cli.motchallenge;

import org.jspecify.annotations.NullMarked;
