package dev.vlm4j.zoo.cli;

import dev.vlm4j.api.ModelInputs;
import dev.vlm4j.api.ParsedAnswer;
import dev.vlm4j.api.PictureSize;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.api.VisionLanguageModel;
import dev.vlm4j.spi.Architecture;
import dev.vlm4j.zoo.BackendStatus;
import dev.vlm4j.zoo.DownloadedModel;
import dev.vlm4j.zoo.LoadOptions;
import dev.vlm4j.zoo.ModelPlan;
import dev.vlm4j.zoo.PlanRequest;
import dev.vlm4j.zoo.Vlm4j;
import dev.vlm4j.zoo.catalog.KnownCheckpoint;
import dev.vlm4j.zoo.doctor.Finding;
import dev.vlm4j.zoo.parity.ParityReport;
import dev.vlm4j.zoo.parity.ParityRequest;
import java.util.List;
import java.util.Optional;

/** What the commands need of the product. */
interface Zoo {
  /** Everything on the class path. */
  Zoo INSTALLED =
      new Zoo() {
        @Override
        public VisionLanguageModel load(String model, LoadOptions options) {
          return Vlm4j.load(model, options);
        }

        @Override
        public ModelInputs inputs(String model, Prompt prompt, LoadOptions options) {
          return Vlm4j.inputs(model, prompt, options);
        }

        @Override
        public ModelPlan plan(String model, LoadOptions options, PlanRequest request) {
          return Vlm4j.plan(model, options, request);
        }

        @Override
        public DownloadedModel download(String model, LoadOptions options) {
          return Vlm4j.download(model, options);
        }

        @Override
        public ParityReport parity(String model, LoadOptions options, ParityRequest request) {
          return Vlm4j.parity(model, options, request);
        }

        @Override
        public ParsedAnswer parse(
            String model,
            LoadOptions options,
            String task,
            String text,
            Optional<PictureSize> picture) {
          return Vlm4j.parse(model, options, task, text, picture);
        }

        @Override
        public List<Finding> doctor(LoadOptions options) {
          return Vlm4j.doctor(options);
        }

        @Override
        public List<BackendStatus> backends() {
          return Vlm4j.backends();
        }

        @Override
        public List<KnownCheckpoint> checkpoints() {
          return Vlm4j.checkpoints();
        }

        @Override
        public List<Architecture> architectures() {
          return Vlm4j.architectures();
        }
      };

  /** Loads a model by folder, Hub identifier or built-in name. */
  VisionLanguageModel load(String model, LoadOptions options);

  /** Returns what a model would see, without weights. */
  ModelInputs inputs(String model, Prompt prompt, LoadOptions options);

  /** Finds out what loading a model would take. */
  ModelPlan plan(String model, LoadOptions options, PlanRequest request);

  /** Makes a model of a Hub present in the cache. */
  DownloadedModel download(String model, LoadOptions options);

  /** Runs one request on several engines. */
  ParityReport parity(String model, LoadOptions options, ParityRequest request);

  /** Returns what an answer names that was generated before. */
  ParsedAnswer parse(
      String model, LoadOptions options, String task, String text, Optional<PictureSize> picture);

  /** Looks whether this machine is fit to run models. */
  List<Finding> doctor(LoadOptions options);

  /** Returns the installed backends, usable or not. */
  List<BackendStatus> backends();

  /** Returns checkpoints that people know. */
  List<KnownCheckpoint> checkpoints();

  /** Returns the installed architectures. */
  List<Architecture> architectures();
}
