/**
 * The composer of one compute node: takes maps from agents, composes files of them, and serves those through FUSE and REST.
 * {@link io.livemr.composer.Main} starts it, {@link io.livemr.composer.Composer} holds it together.
 */
package io.livemr.composer;
