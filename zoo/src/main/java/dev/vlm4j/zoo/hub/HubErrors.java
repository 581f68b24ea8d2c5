package dev.vlm4j.zoo.hub;

import dev.vlm4j.error.ErrorCode;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Turns answers into typed errors, in the order of the official client's tests. Source: <a
 * href="https://github.com/huggingface/huggingface_hub/blob/main/src/huggingface_hub/utils/_http.py">hf_raise_for_status</a>.
 */
final class HubErrors {
  private static final String DISABLED = "Access to this resource is disabled.";
  private static final String BAD_TOKEN = "Invalid credentials in Authorization header";

  private final HubSettings settings;
  private final HubEndpoint endpoint;
  private final String tokenVariable;
  private final String endpointVariable;

  HubErrors(HubSettings settings, HubEndpoint endpoint) {
    this.settings = settings;
    this.endpoint = endpoint;
    this.tokenVariable = settings.kind().tokenVariable();
    this.endpointVariable = settings.kind().endpointVariable();
  }

  /** Returns the error of an answer whose status is no success. */
  HubException of(HubResponse response, Subject subject) {
    ErrorCode code = code(response, subject);
    String message = message(code, response, subject);
    return new HubException(code, message, subject, requestId(response), null);
  }

  @Nullable String requestId(HubResponse response) {
    return response.requestId().map(settings::hideToken).orElse(null);
  }

  private ErrorCode code(HubResponse response, Subject subject) {
    String error = response.header("x-error-code").orElse("");
    String text = response.header("x-error-message").orElse("");
    int status = response.status();
    if (error.equals("RevisionNotFound")) {
      return ErrorCode.HUB_REVISION_NOT_FOUND;
    }
    if (error.equals("EntryNotFound")) {
      return ErrorCode.HUB_FILE_NOT_FOUND;
    }
    if (error.equals("GatedRepo")) {
      return ErrorCode.HUB_GATED;
    }
    if (text.equals(DISABLED)) {
      return ErrorCode.HUB_REPOSITORY_DISABLED;
    }
    if (status == 401 && text.equals(BAD_TOKEN)) {
      return ErrorCode.HUB_TOKEN_INVALID;
    }
    if (error.equals("RepoNotFound") || status == 401) {
      return ErrorCode.HUB_REPOSITORY_NOT_FOUND;
    }
    return status == 404 && subject.repository() == null
        ? ErrorCode.HUB_RESPONSE_INVALID
        : byStatus(status, subject);
  }

  private static ErrorCode byStatus(int status, Subject subject) {
    return switch (status) {
      case 400 -> ErrorCode.HUB_BAD_REQUEST;
      case 403 -> ErrorCode.HUB_FORBIDDEN;
      case 404, 410 ->
          subject.file() == null
              ? ErrorCode.HUB_REPOSITORY_NOT_FOUND
              : ErrorCode.HUB_FILE_NOT_FOUND;
      case 416 -> ErrorCode.HUB_RANGE_REFUSED;
      case 429 -> ErrorCode.HUB_RATE_LIMITED;
      default -> status >= 500 ? ErrorCode.HUB_SERVER_ERROR : ErrorCode.HUB_RESPONSE_INVALID;
    };
  }

  private String message(ErrorCode code, HubResponse response, Subject subject) {
    String page = endpoint.page(subject.repository()).toString();
    String said = said(response);
    String what = subject.what();
    return switch (code) {
      case HUB_REVISION_NOT_FOUND ->
          what + " has no such branch, tag or commit" + said + "; correct the revision";
      case HUB_FILE_NOT_FOUND -> what + " does not exist" + said + "; check it on " + page;
      case HUB_GATED ->
          what
              + " is gated"
              + said
              + ": accept its terms on "
              + page
              + (settings.token() == null
                  ? ", then set " + tokenVariable + " to a token of your account"
                  : " with the account of your token, and let the token read gated repositories");
      case HUB_REPOSITORY_DISABLED ->
          what + " has been disabled by the Hub" + said + "; use another model";
      case HUB_TOKEN_INVALID ->
          "the Hub does not know the access token"
              + said
              + ": make a new one in the settings of your account, or unset "
              + tokenVariable
              + " and delete the token file for public models";
      case HUB_REPOSITORY_NOT_FOUND ->
          what
              + " does not exist, or is private or gated and "
              + (settings.token() == null ? "no token was given" : "the token does not show it")
              + " (the Hub does not say which)"
              + said
              + ": check the name on "
              + page
              + ", and set "
              + tokenVariable
              + " if it is private";
      case HUB_BAD_REQUEST ->
          "the Hub calls the request for "
              + what
              + " malformed"
              + said
              + "; check "
              + endpointVariable;
      case HUB_FORBIDDEN ->
          "the Hub forbids access to " + what + said + ": give the token the right to read it";
      case HUB_RANGE_REFUSED ->
          "the server refuses a part of "
              + what
              + ": it has "
              + Printable.of(response.header("content-range").orElse("no range"))
              + said
              + "; try again";
      case HUB_RATE_LIMITED -> limited(response, said);
      case HUB_SERVER_ERROR ->
          "the Hub failed with status " + response.status() + said + "; try again later";
      default ->
          "the Hub answered with the unexpected status "
              + response.status()
              + said
              + "; check "
              + endpointVariable
              + " and the proxy";
    };
  }

  private String limited(HubResponse response, String said) {
    String wait =
        RateLimit.wait(response.headers())
            .map(Duration::toSeconds)
            .map(seconds -> " and asks to wait " + seconds + " s")
            .orElse("");
    return "the Hub gets too many requests from here"
        + wait
        + said
        + "; wait"
        + (settings.token() == null ? ", or set " + tokenVariable + " for a higher limit" : "");
  }

  private String said(HubResponse response) {
    String text = response.header("x-error-message").orElseGet(() -> bodyText(response));
    String clean = settings.hideToken(text).strip();
    return clean.isEmpty() ? "" : " ('" + Printable.of(clean) + "')";
  }

  private static String bodyText(HubResponse response) {
    try {
      return ErrorBody.text(response);
    } catch (IOException e) {
      // The body only adds to what the status says already.
      System.getLogger(HubErrors.class.getName())
          .log(System.Logger.Level.DEBUG, "the body of an error cannot be read", e);
      return "";
    }
  }
}
