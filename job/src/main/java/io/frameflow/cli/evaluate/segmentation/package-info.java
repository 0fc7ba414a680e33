/**
 * Measures of semantic segmentation against ground truth as Cityscapes defines them: intersection
 * over union of 19 classes and of the 7 categories that they belong to. Written from its published
 * definition, with the names of its own evaluation.
 *
 * @see <a href="https://www.cityscapes-dataset.com/benchmarks/">The benchmark</a>
 */
@NullMarked
package io.frameflow.cli.evaluate.segmentation;

import org.jspecify.annotations.NullMarked;
