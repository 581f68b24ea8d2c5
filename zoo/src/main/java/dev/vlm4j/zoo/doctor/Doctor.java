package dev.vlm4j.zoo.doctor;

import com.google.inject.Inject;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.BackendProvider;
import dev.vlm4j.spi.NamedServices;
import dev.vlm4j.zoo.hub.HubOptions;
import java.util.ArrayList;
import java.util.List;

/** Looks at everything that running a model depends on. What fails becomes a finding. */
public final class Doctor {
  private final NamedServices<BackendProvider> backends;

  @Inject
  Doctor(NamedServices<BackendProvider> backends) {
    this.backends = backends;
  }

  /**
   * Returns findings in a fixed order; loads every engine in a process of its own and makes one
   * request.
   */
  public List<Finding> examine(HubOptions options) {
    List<Finding> findings = new ArrayList<>(MachineExam.findings());
    findings.addAll(new EngineExam(backends, EngineProcess.DEFAULT::examine).findings());
    findings.addAll(hub(options));
    return List.copyOf(findings);
  }

  private static List<Finding> hub(HubOptions options) {
    try {
      return new HubExam(options.effective()).findings();
    } catch (VlmException e) {
      return List.of(
          Finding.problem(
              "hub settings", "the environment cannot be used", String.valueOf(e.getMessage())));
    }
  }
}
