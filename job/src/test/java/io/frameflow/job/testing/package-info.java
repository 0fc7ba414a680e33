/** What tests of the whole job share: a broker, a cluster, frames and sources of trouble. */
package io.frameflow.job.testing;
