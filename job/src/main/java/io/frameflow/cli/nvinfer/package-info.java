/** Configuration files of DeepStream's nvinfer plugin, turned into model files. */
@NullMarked
package io.frameflow.cli.nvinfer;

import org.jspecify.annotations.NullMarked;
