package dev.vlm4j.zoo;

import com.google.inject.Inject;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.StoredTensor;
import dev.vlm4j.zoo.builtin.BuiltinModel;
import dev.vlm4j.zoo.checkpoint.CheckpointFolder;
import dev.vlm4j.zoo.checkpoint.FolderConfig;
import dev.vlm4j.zoo.checkpoint.WeightBytes;
import dev.vlm4j.zoo.checkpoint.WeightFiles;
import dev.vlm4j.zoo.hub.CheckpointFiles;
import dev.vlm4j.zoo.hub.DiskSpace;
import dev.vlm4j.zoo.hub.Hub;
import dev.vlm4j.zoo.hub.HubKind;
import dev.vlm4j.zoo.hub.HubOptions;
import dev.vlm4j.zoo.hub.HubSnapshot;
import dev.vlm4j.zoo.hub.RepositoryId;
import dev.vlm4j.zoo.hub.RepositoryInfo;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the folder of a model: the built-in one, one on this machine, or one of a Hub. */
final class ModelSource {
  private final Architectures architectures;

  @Inject
  ModelSource(Architectures architectures) {
    this.architectures = architectures;
  }

  /** Returns what a user's name of a model stands for: aliases become Hub identifiers. */
  static String named(String model) {
    return local(model).isPresent() ? model : HubName.parse(model).resolved().toString();
  }

  /** Returns a folder with all files of a model. */
  CheckpointFolder complete(String model, HubOptions options) {
    Optional<Path> local = local(model);
    return local.isPresent()
        ? CheckpointFolder.open(local.get())
        : CheckpointFolder.open(download(model, options).folder());
  }

  /** Returns a folder with at least the settings, tokenizer and templates of a model. */
  CheckpointFolder settings(String model, HubOptions options) {
    Optional<Path> local = local(model);
    if (local.isPresent()) {
      return CheckpointFolder.open(local.get());
    }
    HubSnapshot snapshot = open(model, options);
    CheckpointFolder folder = settings(snapshot);
    snapshot.rememberUnlessKnown();
    return folder;
  }

  DownloadedModel download(String model, HubOptions options) {
    HubSnapshot snapshot = open(model, options);
    CheckpointFolder folder = settings(snapshot);
    checkArchitecture(folder);
    List<String> weights =
        CheckpointFiles.weights(snapshot.names(), () -> WeightFiles.shards(folder));
    snapshot.fetch(weights);
    snapshot.remember();
    List<String> all = new ArrayList<>(CheckpointFiles.settings(snapshot.names()));
    all.addAll(weights);
    return new DownloadedModel(
        model,
        HubName.parse(model).options(options).effectiveRevision().text(),
        snapshot.commit(),
        snapshot.folder(),
        all.size(),
        all.stream().mapToLong(snapshot::size).sum());
  }

  /** Returns what can be known of a model without its weights. */
  PlannedSource planned(String model, HubOptions options) {
    Optional<Path> local = local(model);
    if (local.isPresent()) {
      CheckpointFolder folder = CheckpointFolder.open(local.get());
      LocalFiles files = new LocalFiles(folder);
      return new PlannedSource(
          model,
          folder,
          Optional.empty(),
          Optional.empty(),
          RemoteCode.notes(folder.config(), folder.names()),
          files.planned(),
          DiskSpace.free(folder.path()),
          files.tensors());
    }
    HubSnapshot snapshot = open(model, options);
    CheckpointFolder folder = settings(snapshot);
    List<String> weights =
        CheckpointFiles.weights(snapshot.names(), () -> WeightFiles.shards(folder));
    List<String> all = new ArrayList<>(CheckpointFiles.settings(snapshot.names()));
    all.addAll(weights);
    return new PlannedSource(
        model,
        folder,
        snapshot.info().flatMap(RepositoryInfo::license),
        snapshot.info().map(RepositoryInfo::gated),
        RemoteCode.notes(folder.config(), snapshot.names()),
        all.stream()
            .map(
                name ->
                    new ModelPlan.PlannedFile(name, snapshot.size(name), snapshot.isCached(name)))
            .toList(),
        DiskSpace.free(snapshot.folder()),
        weights.stream().flatMap(name -> headers(snapshot, name).stream()).toList());
  }

  private static List<StoredTensor> headers(HubSnapshot snapshot, String name) {
    return WeightBytes.tensors(
        name,
        new WeightBytes() {
          @Override
          public long size() {
            return snapshot.size(name);
          }

          @Override
          public byte[] read(long from, int length) {
            return snapshot.read(name, from, length);
          }
        });
  }

  private static HubSnapshot open(String model, HubOptions options) {
    HubName name = HubName.parse(model);
    HubOptions all = name.options(options);
    RepositoryId id = new RepositoryId(name.id());
    return new Hub(all.effective()).open(id, all.effectiveRevision(), all.listener());
  }

  private static CheckpointFolder settings(HubSnapshot snapshot) {
    snapshot.fetch(CheckpointFiles.settings(snapshot.names()));
    return CheckpointFolder.open(snapshot.folder());
  }

  /** Said before gigabytes are fetched for nothing. */
  private void checkArchitecture(CheckpointFolder folder) {
    String modelType = FolderConfig.modelType(folder.config());
    architectures.requireGraphs(architectures.get(modelType));
  }

  /** A folder that exists wins over a Hub identifier, as in the reference library. */
  private static Optional<Path> local(String model) {
    Optional<BuiltinModel> builtin = BuiltinModel.find(model);
    if (builtin.isPresent()) {
      return builtin.map(BuiltinModel::folder);
    }
    if (HubKind.ofPrefix(model).isPresent()) {
      return Optional.empty();
    }
    if (model.contains("://")) {
      throw new VlmException(
          ErrorCode.MODEL_NOT_FOUND,
          "a model is named by its identifier, not by an address: give org/name, with @revision if"
              + " it is not the main branch; HF_ENDPOINT names another Hub");
    }
    try {
      Path path = Path.of(model);
      if (Files.isRegularFile(path)) {
        throw new VlmException(
            ErrorCode.MODEL_NOT_FOUND,
            model + " is a file, a model is a folder in Hub layout: give the folder that it is in");
      }
      return Files.isDirectory(path) || !HubName.parse(model).isValid()
          ? Optional.of(path)
          : Optional.empty();
    } catch (InvalidPathException e) {
      throw new VlmException(
          ErrorCode.MODEL_NOT_FOUND,
          "the model is neither a folder, nor a Hub identifier such as org/name, nor an alias, nor"
              + " 'builtin'",
          e);
    }
  }
}
