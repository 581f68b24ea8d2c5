package dev.vlm4j.error;

/** Stable identity of every failure that vlm4j reports; branch on it, not on message texts. */
public enum ErrorCode {
  /** An argument or option is outside its allowed range or contradicts another one. */
  INVALID_ARGUMENT,
  /** A messages file or a list of messages is malformed. */
  INVALID_MESSAGES,
  /** The model folder or identifier does not exist. */
  MODEL_NOT_FOUND,
  /** A model folder lacks a file that is needed. */
  FILE_MISSING,
  /** A JSON file of the model cannot be read or holds an impossible value. */
  CONFIG_INVALID,
  /** The {@code model_type} of the checkpoint has no architecture here. */
  ARCHITECTURE_UNKNOWN,
  /** The architecture is known; a setting of the checkpoint, or running it, is not supported. */
  ARCHITECTURE_UNSUPPORTED,
  /** Tensors are missing, surplus or have another shape than the architecture wants. */
  WEIGHTS_MISMATCH,
  /** A weight file breaks the safetensors format. */
  WEIGHTS_INVALID,
  /** A weight file has a format that is refused, for example pickle. */
  WEIGHTS_FORMAT_REFUSED,
  /** The tokenizer cannot be loaded. */
  TOKENIZER_INVALID,
  /** The chat template is missing, malformed, uses an unsupported construct or raised an error. */
  CHAT_TEMPLATE,
  /** The picture's bytes cannot be read. */
  IMAGE_UNREADABLE,
  /** The picture has a format that cannot be decoded here. */
  IMAGE_UNSUPPORTED_FORMAT,
  /** The picture exceeds the pixel limit. */
  IMAGE_TOO_LARGE,
  /** The picture policy does not allow the file or the address of a picture. */
  IMAGE_SOURCE_REFUSED,
  /** The picture could not be fetched from its address. */
  IMAGE_FETCH_FAILED,
  /** Pictures and placeholders differ in number. */
  IMAGE_COUNT_MISMATCH,
  /** Prompt, or prompt and answer, exceed the context of the model. */
  CONTEXT_TOO_LONG,
  /** The model needs more memory than there is, or than it was allowed. */
  MEMORY_SHORT,
  /** Something that running models needs does not work on this machine. */
  MACHINE_UNFIT,
  /** No backend of that name is installed. */
  BACKEND_UNKNOWN,
  /** A backend is installed but cannot run here: native library, platform or CPU. */
  BACKEND_UNAVAILABLE,
  /** The backend cannot compute in the requested precision. */
  PRECISION_UNSUPPORTED,
  /** A graph breaks the rules of the neutral operator set. */
  GRAPH_INVALID,
  /** A backend cannot lower nodes of a graph. */
  GRAPH_UNSUPPORTED,
  /** The engine failed while compiling or running. */
  ENGINE_FAILURE,
  /** A session was asked for something that its state does not allow. */
  SESSION_STATE,
  /** Two plug-ins have the same name. */
  PLUGIN_DUPLICATE,
  /** A plug-in was built against another operator set or cannot be instantiated. */
  PLUGIN_INVALID,
  /** The model, session or stream has been closed. */
  CLOSED,
  /** A file could not be read or written. */
  IO_FAILURE,
  /** The volume has less room than a download needs, or ran full. */
  DISK_FULL,
  /** A downloaded file does not have the size or the hash that the Hub lists. */
  DOWNLOAD_CORRUPT,
  /** The caller cancelled a download. */
  DOWNLOAD_CANCELLED,
  /** A name, hash or address that the Hub or a caller gave is not safe to use. */
  HUB_NAME_REFUSED,
  /** The repository does not exist, or is private and the token does not show it. */
  HUB_REPOSITORY_NOT_FOUND,
  /** The repository has no such branch, tag or commit. */
  HUB_REVISION_NOT_FOUND,
  /** The repository has no such file at this revision. */
  HUB_FILE_NOT_FOUND,
  /** The licence of the repository must be accepted first. */
  HUB_GATED,
  /** The Hub has disabled the repository. */
  HUB_REPOSITORY_DISABLED,
  /** The Hub does not know the token. */
  HUB_TOKEN_INVALID,
  /** The token does not permit this. */
  HUB_FORBIDDEN,
  /** The Hub calls the request malformed. */
  HUB_BAD_REQUEST,
  /** The Hub refuses a range of bytes. */
  HUB_RANGE_REFUSED,
  /** The Hub asks to wait longer than is allowed. */
  HUB_RATE_LIMITED,
  /** The Hub reports a failure of its own. */
  HUB_SERVER_ERROR,
  /** The Hub cannot be reached, or does not answer in time. */
  HUB_UNREACHABLE,
  /** What answers is not a Hub, or breaks its protocol. */
  HUB_RESPONSE_INVALID,
  /** Something is not in the cache, and offline mode forbids to fetch it. */
  HUB_OFFLINE
}
