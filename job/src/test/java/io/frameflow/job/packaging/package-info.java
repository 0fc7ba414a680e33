/** What is in the job jar, and what is not. */
package io.frameflow.job.packaging;
