package dev.vlm4j.zoo.parity;

import dev.vlm4j.spi.Tolerance;

/**
 * Where to look for the first difference.
 *
 * @param stage name of the graph
 * @param run number of its run in the request, from 0
 * @param tolerance how far the values inside may lie apart
 */
record TracePoint(String stage, int run, Tolerance tolerance) {}
