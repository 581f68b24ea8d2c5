package dev.vlm4j.zoo.hub;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A failure between this program and a Hub; says what was asked for. */
public final class HubException extends VlmException {
  private static final long serialVersionUID = 1L;

  private final String repository;
  private final @Nullable String revision;
  private final @Nullable String requestId;

  HubException(
      ErrorCode code,
      String message,
      Subject subject,
      @Nullable String requestId,
      @Nullable Throwable cause) {
    super(code, message + subject.suffix(requestId), cause);
    this.repository = subject.repository() == null ? "" : subject.repository().text();
    this.revision = subject.revision();
    this.requestId = requestId;
  }

  HubException(ErrorCode code, String message, Subject subject) {
    this(code, message, subject, null, null);
  }

  /** Returns the repository that was asked for; empty if the Hub itself was. */
  public String repository() {
    return repository;
  }

  /** Returns the branch, tag or commit that was asked for. */
  public Optional<String> revision() {
    return Optional.ofNullable(revision);
  }

  /** Returns what the Hub calls the request; its owners can find it in their logs. */
  public Optional<String> requestId() {
    return Optional.ofNullable(requestId);
  }
}
