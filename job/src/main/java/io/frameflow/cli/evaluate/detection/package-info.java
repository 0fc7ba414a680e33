/**
 * Measures of detection against ground truth as COCO defines them, with the names that its own
 * evaluation, pycocotools, is known by. Written from COCO's published definition.
 *
 * @see <a href="https://cocodataset.org/#detection-eval">Detection evaluation</a>
 * @see <a href="https://cocodataset.org/#keypoints-eval">Keypoint evaluation</a>
 */
@NullMarked
package io.frameflow.cli.evaluate.detection;

import org.jspecify.annotations.NullMarked;
