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
  /** The architecture is known, a setting of this checkpoint is not supported. */
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
  /** Pictures and placeholders differ in number. */
  IMAGE_COUNT_MISMATCH,
  /** Prompt, or prompt and answer, exceed the context of the model. */
  CONTEXT_TOO_LONG,
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
  IO_FAILURE
}
