package dev.vlm4j.zoo.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.LifetimeGate;
import dev.vlm4j.spi.TextPart;
import dev.vlm4j.zoo.checkpoint.CheckpointFolder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tokenizer of a checkpoint. Special tokens are recognised in template text only; the text
 * between two of them is tokenized as one piece, template's and user's text together. Thread-safe.
 */
public final class PromptTokenizer implements AutoCloseable {
  private final LifetimeGate gate = new LifetimeGate("the tokenizer");
  private final HuggingFaceTokenizer plain;
  private final Optional<HuggingFaceTokenizer> later;
  private final Map<String, AddedToken> added = new HashMap<>();
  private final SpecialTokenSplitter splitter;
  private final Map<String, String> named;
  private final TextFrame frame;
  private final Map<Integer, String> specialTexts;
  private final Set<Integer> byteIds;

  /**
   * Loads the tokenizer of a checkpoint.
   *
   * @param modelTokens special tokens of the model; those that the file lacks get the next ids
   * @throws VlmException {@code FILE_MISSING}, {@code CONFIG_INVALID} or {@code TOKENIZER_INVALID};
   *     {@code MACHINE_UNFIT} if the native library cannot be loaded
   */
  public PromptTokenizer(CheckpointFolder folder, List<String> modelTokens) {
    TokenizerFiles files = new TokenizerFiles(folder, modelTokens);
    this.plain = NativeTokenizers.tokenizer(files.withoutSpecialTokens());
    this.later = files.forLaterText().map(NativeTokenizers::tokenizer);
    files.addedTokens().forEach(token -> added.put(token.content(), token));
    this.splitter = new SpecialTokenSplitter(added.values());
    this.named = files.namedTokens();
    this.frame = files.frame();
    this.byteIds = files.byteTokens();
    this.specialTexts =
        added.values().stream()
            .filter(AddedToken::special)
            .collect(Collectors.toUnmodifiableMap(AddedToken::id, AddedToken::content));
  }

  /** Returns special tokens by the names that templates use, for example {@code bos_token}. */
  public Map<String, String> namedTokens() {
    return named;
  }

  /** Returns the id of a token that is recognised as a whole; empty if there is none. */
  public Optional<Integer> find(String token) {
    return Optional.ofNullable(added.get(token)).map(AddedToken::id);
  }

  /** Returns the id of a token that must be recognised as a whole. */
  public int tokenId(String token) {
    return find(token)
        .orElseThrow(
            () ->
                new VlmException(
                    ErrorCode.TOKENIZER_INVALID,
                    "tokenizer.json has no added token " + token + "; fetch the file again"));
  }

  /**
   * Returns the ids of a prompt. Tokens that the tokenizer puts around every text are added unless
   * the prompt starts with the beginning-of-sequence token already.
   */
  public int[] encode(List<TextPart> parts) {
    return joined(pieces(parts));
  }

  /** Returns the ids of a prompt that holds all of its tokens. */
  public int[] encodeBare(List<TextPart> parts) {
    return joined(piecesBare(parts));
  }

  /** Returns the same ids as {@link #encode}, each with the text that it stands for. */
  public List<EncodedPiece> pieces(List<TextPart> parts) {
    String bos = named.get("bos_token");
    boolean framed = bos == null || !templatesStart(parts).startsWith(bos);
    return gate.use(() -> encodeOpen(parts, framed));
  }

  /** Returns what stands before any text of a user, which could spell the token as well. */
  private static String templatesStart(List<TextPart> parts) {
    return parts.stream()
        .takeWhile(part -> !part.fromUser())
        .map(TextPart::text)
        .collect(Collectors.joining());
  }

  /** Returns the same ids as {@link #encodeBare}, each with the text that it stands for. */
  public List<EncodedPiece> piecesBare(List<TextPart> parts) {
    return gate.use(() -> encodeOpen(parts, false));
  }

  private List<EncodedPiece> encodeOpen(List<TextPart> parts, boolean framed) {
    List<EncodedPiece> pieces = new ArrayList<>();
    if (framed) {
      frame.before().forEach(id -> pieces.add(frameToken(id)));
    }
    boolean first = true;
    for (SpecialTokenSplitter.Piece piece : splitter.split(parts)) {
      AddedToken token = piece.token();
      pieces.add(
          token == null
              ? EncodedPiece.text(piece.text(), encodePlain(piece.text(), first))
              : EncodedPiece.special(token.content(), token.id()));
      first = false;
    }
    if (framed) {
      frame.after().forEach(id -> pieces.add(frameToken(id)));
    }
    return pieces;
  }

  private EncodedPiece frameToken(int id) {
    return EncodedPiece.frame(specialTexts.getOrDefault(id, "token " + id), id);
  }

  /** Returns the ids of pieces, one after the other. */
  public static int[] joined(List<EncodedPiece> pieces) {
    return pieces.stream().flatMapToInt(piece -> Arrays.stream(piece.ids())).toArray();
  }

  private int[] encodePlain(String text, boolean first) {
    HuggingFaceTokenizer tokenizer = first ? plain : later.orElse(plain);
    return ids(tokenizer.encode(text, false, false).getIds());
  }

  /** Returns the text of ids, special tokens left out. */
  public String decode(int[] ids) {
    long[] texts = Arrays.stream(ids).filter(id -> !isSpecial(id)).asLongStream().toArray();
    return gate.use(() -> plain.decode(texts, false));
  }

  /**
   * Returns the text of ids, special tokens included. Text between two of them is decoded on its
   * own: a tokenizer that drops a space at the start of a text drops it there as well.
   */
  public String decodeWithSpecialTokens(int[] ids) {
    StringBuilder text = new StringBuilder();
    int start = 0;
    for (int i = 0; i <= ids.length; i++) {
      if (i == ids.length || isSpecial(ids[i])) {
        text.append(decode(Arrays.copyOfRange(ids, start, i)));
        text.append(i == ids.length ? "" : specialTexts.get(ids[i]));
        start = i + 1;
      }
    }
    return text.toString();
  }

  /**
   * Returns whether the text before an id is certain only when another one follows: a single byte
   * of a character, or a special token, which may stand between two bytes without being seen.
   */
  boolean leavesTextOpen(int id) {
    return byteIds.contains(id) || isSpecial(id);
  }

  /** Returns the texts of all special tokens. */
  List<String> specialTokens() {
    return List.copyOf(specialTexts.values());
  }

  /** Returns whether an id is a special token, left out of decoded text. */
  boolean isSpecial(int id) {
    return specialTexts.containsKey(id);
  }

  private static int[] ids(long[] ids) {
    return Arrays.stream(ids).mapToInt(Math::toIntExact).toArray();
  }

  @Override
  public void close() {
    gate.close(
        () -> {
          plain.close();
          later.ifPresent(HuggingFaceTokenizer::close);
        });
  }
}
