package dev.vlm4j.zoo.template;

/** A chat template that cannot be read or rendered; names the template and the line. */
public final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What went wrong. */
  public enum Code {
    /** The template is not valid Jinja. */
    SYNTAX,
    /** Valid Jinja that this engine does not offer, so that it refuses rather than guesses. */
    UNSUPPORTED,
    /** The template itself refused its input with {@code raise_exception}. */
    RAISED,
    /** An operation that Python refuses too: undefined values, wrong types, division by zero. */
    EVALUATION,
    /** A bound of {@link Limits} was exceeded. */
    LIMIT
  }

  private final Code code;
  private final String template;
  private final int line;
  private final String reason;

  private TemplateException(Code code, String template, int line, String reason) {
    super(line == 0 ? reason : "template " + template + ", line " + line + ": " + reason);
    this.code = code;
    this.template = template;
    this.line = line;
    this.reason = reason;
  }

  static TemplateException of(Code code, String reason) {
    return new TemplateException(code, "", 0, reason);
  }

  static TemplateException syntax(int line, String reason) {
    return new TemplateException(Code.SYNTAX, "", line, reason);
  }

  static TemplateException unsupported(String reason) {
    return of(Code.UNSUPPORTED, reason);
  }

  static TemplateException unsupported(int line, String reason) {
    return new TemplateException(Code.UNSUPPORTED, "", line, reason);
  }

  static TemplateException evaluation(String reason) {
    return of(Code.EVALUATION, reason);
  }

  TemplateException located(String templateName, int atLine) {
    TemplateException result =
        new TemplateException(code, templateName, line == 0 ? atLine : line, reason);
    result.setStackTrace(getStackTrace());
    return result;
  }

  /** What went wrong. */
  public Code code() {
    return code;
  }

  /** The name given to {@link ChatTemplate#parse}. */
  public String template() {
    return template;
  }

  /** One-based line in the template source. */
  public int line() {
    return line;
  }

  /** The message without template name and line; for {@link Code#RAISED} the template's words. */
  public String reason() {
    return reason;
  }
}
