package dev.vlm4j.zoo.generation;

/** From logits to log probabilities. */
final class LogSoftmax {
  private LogSoftmax() {}

  /** Replaces logits; results have 32 bits, the sum is computed in 64. */
  static void apply(float[] scores) {
    float most = Float.NEGATIVE_INFINITY;
    for (float score : scores) {
      most = Math.max(most, score);
    }
    double sum = 0;
    for (float score : scores) {
      sum += Math.exp(score - most);
    }
    float logSum = (float) Math.log(sum);
    for (int i = 0; i < scores.length; i++) {
      scores[i] = scores[i] - most - logSum;
    }
  }
}
