/**
 * JPEGs of pictures that lie on the card, for people to look at, made there with nvJPEG: what
 * leaves the card is a file of some hundred kilobytes, not a picture of several megabytes.
 */
@NullMarked
package io.frameflow.encode.gpu;

import org.jspecify.annotations.NullMarked;
