package dev.vlm4j.zoo.generation;

import dev.vlm4j.api.EarlyStopping;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Which answers a beam search follows and which finished ones it keeps: the decisions of the
 * reference, with its 32-bit arithmetic, in which a very low score marks what must not be chosen.
 * For one thread. Source: <a
 * href="https://github.com/huggingface/transformers/blob/v5.0.0/src/transformers/generation/utils.py">utils.py</a>
 * ({@code _beam_search}).
 */
final class BeamSearch {
  private static final float VERY_LOW = -1e9f;

  /**
   * A followed or kept answer.
   *
   * @param ids what the decoder reads of it
   * @param score sum of the log probabilities; of kept answers in relation to their length
   * @param isFinished whether it may be returned
   * @param source the row that it continues
   */
  private record Hypothesis(TokenSequence ids, float score, boolean isFinished, int source) {}

  /** A way to continue a followed answer. */
  private record Candidate(int beam, int token, float sum, boolean ends) {}

  private final BeamSettings settings;
  private final DecodingRules rules;
  private List<Hypothesis> followed = new ArrayList<>();
  private List<Hypothesis> kept;
  private int newTokens;
  private boolean isDone;

  /** Starts with one answer; the other beams are copies that cannot be chosen at first. */
  BeamSearch(BeamSettings settings, DecodingRules rules, TokenSequence start) {
    this.settings = settings;
    this.rules = rules;
    this.kept = Collections.nCopies(settings.beams(), new Hypothesis(start, VERY_LOW, false, 0));
    followed.add(new Hypothesis(start, 0, false, 0));
    followed.addAll(kept.subList(1, settings.beams()));
  }

  /**
   * Continues all followed answers by one id.
   *
   * @param scores log probabilities of every id after each answer, one answer behind the other;
   *     they are changed
   */
  void advance(float[] scores) {
    List<Candidate> candidates = candidates(scores);
    newTokens++;
    List<Hypothesis> continued = continued(candidates);
    kept = best(candidates);
    followed = continued;
    boolean allFinished = kept.stream().allMatch(Hypothesis::isFinished);
    isDone =
        !canImprove()
            || (allFinished && settings.stopping() == EarlyStopping.TRUE)
            || candidates.stream().allMatch(Candidate::ends);
  }

  /** Enough to go on with even if every answer could end with every id that ends one. */
  private List<Candidate> candidates(float[] scores) {
    int beams = settings.beams();
    int vocabulary = scores.length / beams;
    for (int beam = 0; beam < beams; beam++) {
      float former = followed.get(beam).score();
      for (int i = beam * vocabulary; i < (beam + 1) * vocabulary; i++) {
        scores[i] += former;
      }
    }
    int count = Math.min(Math.max(2, 1 + rules.eos().size()) * beams, scores.length);
    List<Candidate> candidates = new ArrayList<>();
    for (int place : TopK.of(scores, count)) {
      int token = place % vocabulary;
      boolean ends = rules.finish(token, newTokens + 1) != null;
      candidates.add(new Candidate(place / vocabulary, token, scores[place], ends));
    }
    rules.checkUsable(candidates.get(0).sum(), newTokens);
    return candidates;
  }

  private List<Hypothesis> continued(List<Candidate> candidates) {
    float[] sums = new float[candidates.size()];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = candidates.get(i).sum() + (candidates.get(i).ends() ? VERY_LOW : 0);
    }
    List<Hypothesis> continued = new ArrayList<>();
    for (int i : TopK.of(sums, settings.beams())) {
      continued.add(hypothesis(candidates.get(i), sums[i], false));
    }
    return continued;
  }

  /** Only the first candidates may finish; the others are there to go on with. */
  private List<Hypothesis> best(List<Candidate> candidates) {
    int beams = settings.beams();
    float[] scores = new float[beams + candidates.size()];
    for (int i = 0; i < beams; i++) {
      scores[i] = kept.get(i).score();
    }
    for (int i = 0; i < candidates.size(); i++) {
      float score = settings.score(candidates.get(i).sum(), newTokens);
      scores[beams + i] = score + (finishes(candidates, i) ? 0 : VERY_LOW);
    }
    List<Hypothesis> best = new ArrayList<>();
    for (int i : TopK.of(scores, beams)) {
      int candidate = i - beams;
      best.add(
          candidate < 0
              ? kept.get(i)
              : hypothesis(candidates.get(candidate), scores[i], finishes(candidates, candidate)));
    }
    return best;
  }

  private boolean finishes(List<Candidate> candidates, int candidate) {
    return candidate < settings.beams() && candidates.get(candidate).ends();
  }

  private Hypothesis hypothesis(Candidate candidate, float score, boolean isFinished) {
    TokenSequence former = followed.get(candidate.beam()).ids();
    return new Hypothesis(former.with(candidate.token()), score, isFinished, candidate.beam());
  }

  /** Whether the best followed answer, estimated, beats what is kept. */
  private boolean canImprove() {
    boolean looksAhead = settings.stopping() == EarlyStopping.NEVER && settings.lengthPenalty() > 0;
    int length = looksAhead ? rules.maxNewTokens() : newTokens;
    float possible = settings.score(followed.get(0).score(), length);
    float worst = VERY_LOW;
    if (kept.stream().allMatch(Hypothesis::isFinished)) {
      worst = kept.stream().map(Hypothesis::score).min(Float::compare).orElse(worst);
    }
    return possible > worst;
  }

  /** Returns whether no followed answer need be continued. */
  boolean isDone() {
    return isDone;
  }

  /** Returns the row that each followed answer continues. */
  int[] sources() {
    return followed.stream().mapToInt(Hypothesis::source).toArray();
  }

  /** Returns the newest id of each followed answer. */
  int[] tokens() {
    return followed.stream().mapToInt(each -> each.ids().last()).toArray();
  }

  /** Returns the ids of a followed answer. */
  TokenSequence followed(int beam) {
    return followed.get(beam).ids();
  }

  /** Returns the best finished answer, before the end possibly the best unfinished one. */
  TokenSequence best() {
    return (kept.get(0).isFinished() ? kept : followed).get(0).ids();
  }
}
