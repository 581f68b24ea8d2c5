package dev.vlm4j.zoo.hub;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Chooses, from the listing of a repository, the files that a checkpoint needs. Code and formats
 * that can carry code are never among them.
 */
public final class CheckpointFiles {
  /** Weights in one file. */
  public static final String SINGLE = "model.safetensors";

  /** The list of weight files where there are several. */
  public static final String INDEX = "model.safetensors.index.json";

  /** Where further chat templates lie, each under its name; other folders are not read. */
  public static final String NAMED_TEMPLATES = "additional_chat_templates";

  private static final Set<String> SETTINGS =
      Set.of(
          "config.json",
          "generation_config.json",
          "preprocessor_config.json",
          "processor_config.json",
          "tokenizer.json",
          "tokenizer_config.json",
          "special_tokens_map.json",
          "added_tokens.json",
          "vocab.json",
          "merges.txt",
          "chat_template.json",
          "chat_template.jinja");
  private static final Pattern NAMED_TEMPLATE = Pattern.compile(NAMED_TEMPLATES + "/[^/]+\\.jinja");
  private static final Pattern SHARD = Pattern.compile("[A-Za-z0-9._-]+\\.safetensors");
  private static final Pattern CODE =
      Pattern.compile(
          "(?i)[^/]*\\.(bin|pt|pth|ckpt|pkl|pickle|h5|npy|npz|msgpack|py|onnx|gguf|so|dll)");

  private CheckpointFiles() {}

  /** Returns the settings, the tokenizer and the templates. */
  public static List<String> settings(Collection<String> names) {
    List<String> chosen =
        new ArrayList<>(names.stream().filter(CheckpointFiles::isSetting).toList());
    if (!names.contains(SINGLE) && names.contains(INDEX)) {
      chosen.add(INDEX);
    }
    return chosen;
  }

  private static boolean isSetting(String name) {
    return SETTINGS.contains(name) || NAMED_TEMPLATE.matcher(name).matches();
  }

  /**
   * Returns the weight files of the layout that the repository has.
   *
   * @param shards what the index names; not asked if there is one file
   * @throws VlmException {@code WEIGHTS_FORMAT_REFUSED} if there are weights in other formats only,
   *     {@code FILE_MISSING} if there are none, {@code WEIGHTS_INVALID} if the index names anything
   *     but weight files of the repository
   */
  public static List<String> weights(Collection<String> names, Shards shards) {
    if (names.contains(SINGLE)) {
      return List.of(SINGLE);
    }
    if (!names.contains(INDEX)) {
      throw without(names);
    }
    Set<String> chosen = new TreeSet<>(shards.names());
    for (String shard : chosen) {
      if (!SHARD.matcher(shard).matches() || !names.contains(shard)) {
        throw new VlmException(
            ErrorCode.WEIGHTS_INVALID,
            INDEX
                + " names the file '"
                + Printable.of(shard)
                + "', which is no safetensors file of the repository; ask its owner to correct it");
      }
    }
    return List.copyOf(chosen);
  }

  /** The weight files that an index names. */
  public interface Shards {
    /** Returns their names; not checked. */
    Collection<String> names();
  }

  private static VlmException without(Collection<String> names) {
    List<String> refused =
        names.stream().filter(name -> CODE.matcher(name).matches()).sorted().limit(5).toList();
    if (refused.isEmpty()) {
      return new VlmException(
          ErrorCode.FILE_MISSING,
          "the repository has no weights: it needs " + SINGLE + " or " + INDEX);
    }
    return new VlmException(
        ErrorCode.WEIGHTS_FORMAT_REFUSED,
        "the repository has no safetensors files, only "
            + refused.stream().map(Printable::of).toList()
            + ", in formats that can run code or that other programs use: name a revision with"
            + " safetensors files, for example refs/pr/1 if a conversion was proposed there");
  }
}
