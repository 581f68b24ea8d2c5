package dev.vlm4j.conformance.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A Hub on this machine. Small files come from its own port, large ones from a second port, as they
 * do from the storage behind a real Hub. The same repositories are served in the protocol of
 * ModelScope. Thread-safe.
 *
 * <pre>{@code
 * try (HubDouble hub = new HubDouble()) {
 *   hub.repository("org/name").commit("main", List.of(HubFile.text("config.json", "{}")));
 *   hub.faults().next(2, FaultScript.target("config.json"), Fault.resetAfter(1));
 *   ... HF_ENDPOINT=hub.endpoint() ...
 * }
 * }</pre>
 */
public final class HubDouble implements AutoCloseable {
  private static final int PAGE = 1000;

  private final Map<String, HubRepository> repositories = new ConcurrentHashMap<>();
  private final Map<String, HubFile> stored = new ConcurrentHashMap<>();
  private final Map<String, String> renamed = new ConcurrentHashMap<>();
  private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
  private final FaultScript faults = new FaultScript();
  private final HubRoutes routes = new HubRoutes(this);
  private final ModelScopeRoutes modelScope = new ModelScopeRoutes(this);
  private final HttpPort hub;
  private final HttpPort storage;
  private volatile int pageSize = PAGE;

  /** Starts both ports. */
  public HubDouble() {
    try {
      hub = new HttpPort(false, this::answer);
      storage = new HttpPort(true, this::answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpPort.Exchange answer(RecordedRequest request) {
    requests.add(request);
    Reply reply = request.storage() ? fromStorage(request) : fromHub(request);
    return new HttpPort.Exchange(reply, faults.take(request).orElse(null));
  }

  private Reply fromHub(RecordedRequest request) {
    for (Map.Entry<String, String> names : renamed.entrySet()) {
      if (request.target().contains("/" + names.getKey() + "/")) {
        return Reply.redirect(request.target().replace(names.getKey(), names.getValue()));
      }
    }
    return ModelScopeRoutes.isFor(request) ? modelScope.answer(request) : routes.answer(request);
  }

  private Reply fromStorage(RecordedRequest request) {
    String path = request.target().split("\\?")[0];
    HubFile file = stored.get(path.substring(path.lastIndexOf('/') + 1));
    boolean signed = request.target().contains("Signature=double");
    return file == null || !signed
        ? Reply.empty(403, Map.of("Content-Type", "application/xml"))
        : HubRoutes.bytes(request, file);
  }

  /** Returns the address to use as {@code HF_ENDPOINT}, or {@code MODELSCOPE_ENDPOINT}. */
  public URI endpoint() {
    return URI.create(hub.address());
  }

  /** Returns the token that opens private and gated repositories. */
  public String token() {
    return "hf_doubleTOKENdoubleTOKENdoubleTOKEN";
  }

  /** Returns a repository, made if it does not exist. */
  public HubRepository repository(String id) {
    return repositories.computeIfAbsent(id, HubRepository::new);
  }

  /** Answers requests for an old name with a relative redirect to a new one. */
  public void rename(String from, String to) {
    renamed.put(from, to);
  }

  /** Sets how many files are on one page of a listing. */
  public void pageSize(int files) {
    pageSize = files;
  }

  /** Returns what goes wrong. */
  public FaultScript faults() {
    return faults;
  }

  /** Returns all requests so far, of both ports, in the order in which they came. */
  public List<RecordedRequest> requests() {
    return List.copyOf(requests);
  }

  /** Forgets the requests so far. */
  public void forgetRequests() {
    requests.clear();
  }

  int pageSize() {
    return pageSize;
  }

  Optional<HubRepository> find(String id) {
    return Optional.ofNullable(repositories.get(id));
  }

  /** Returns a signed address of a large file. */
  String storageAddress(HubFile file) {
    stored.put(file.etag(), file);
    return storage.address() + "/storage/" + file.etag() + "?Expires=1&Signature=double";
  }

  @Override
  public void close() {
    List<IOException> failures = new ArrayList<>();
    for (HttpPort port : List.of(hub, storage)) {
      try {
        port.close();
      } catch (IOException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      throw new UncheckedIOException(failures.get(0));
    }
  }
}
