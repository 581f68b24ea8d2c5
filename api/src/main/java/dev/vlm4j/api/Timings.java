package dev.vlm4j.api;

/**
 * Wall-clock times of one request in milliseconds.
 *
 * @param loadMs loading the model; the same for all its requests
 * @param preprocessMs reading pictures, rendering and tokenizing the prompt
 * @param visionMs computing the features of all pictures; 0 without pictures
 * @param prefillMs running the prompt through the decoder up to the first token
 * @param decodeMs all further tokens
 * @param timeToFirstTokenMs from the call to the first token: preprocessing, vision and prefill; a
 *     beam search has chosen none for certain by then
 */
public record Timings(
    double loadMs,
    double preprocessMs,
    double visionMs,
    double prefillMs,
    double decodeMs,
    double timeToFirstTokenMs) {}
