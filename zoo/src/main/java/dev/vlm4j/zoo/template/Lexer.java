package dev.vlm4j.zoo.template;

import dev.vlm4j.zoo.template.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a template into text and tags with Jinja's white space rules for trim_blocks and
 * lstrip_blocks.
 */
final class Lexer {
  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int pos;
  private int line = 1;
  private boolean lineStarting = true;

  private Lexer(String source) {
    this.source = source;
  }

  static List<Token> tokenize(String source) {
    String normalized = source.replace("\r\n", "\n").replace('\r', '\n');
    if (normalized.endsWith("\n")) {
      normalized = normalized.substring(0, normalized.length() - 1);
    }
    Lexer lexer = new Lexer(normalized);
    lexer.run();
    return lexer.tokens;
  }

  private void run() {
    while (pos < source.length()) {
      int tag = nextTag(pos);
      if (tag < 0) {
        emit(Kind.DATA, source.substring(pos));
        break;
      }
      readTag(tag);
    }
    emit(Kind.END, "");
  }

  private int nextTag(int from) {
    for (int i = source.indexOf('{', from); i >= 0; i = source.indexOf('{', i + 1)) {
      if (i + 1 < source.length() && "{%#".indexOf(source.charAt(i + 1)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  private void readTag(int tag) {
    char type = source.charAt(tag + 1);
    char sign = signAt(tag + 2);
    emitData(source.substring(pos, tag), sign, type == '{');
    int afterOpening = tag + 2 + (sign == 0 ? 0 : 1);
    int afterRaw = type == '%' ? rawBegin(afterOpening) : -1;
    if (afterRaw >= 0) {
      moveTo(afterRaw);
      readRaw();
    } else if (type == '#') {
      moveTo(afterOpening);
      skipComment();
    } else {
      moveTo(afterOpening);
      readExpressionTag(type == '%');
    }
    lineStarting = source.charAt(pos - 1) == '\n';
  }

  private char signAt(int index) {
    if (index < source.length()) {
      char sign = source.charAt(index);
      return sign == '-' || sign == '+' ? sign : 0;
    }
    return 0;
  }

  /** Emits text before a tag; pos stays at its start so that lines are counted by moveTo. */
  private void emitData(String text, char sign, boolean variable) {
    String kept = text;
    if (sign == '-') {
      kept = text.substring(0, Characters.stripEnd(text, 0, text.length()));
    } else if (sign != '+' && !variable) {
      kept = withoutIndent(text);
    }
    if (!kept.isEmpty()) {
      emit(Kind.DATA, kept);
    }
  }

  private String withoutIndent(String text) {
    int lineStart = text.lastIndexOf('\n') + 1;
    boolean atLineStart = lineStart > 0 || lineStarting;
    boolean blank = Characters.stripEnd(text, lineStart, text.length()) == lineStart;
    return atLineStart && blank ? text.substring(0, lineStart) : text;
  }

  private void moveTo(int newPos) {
    for (int i = pos; i < newPos; i++) {
      if (source.charAt(i) == '\n') {
        line++;
      }
    }
    pos = newPos;
  }

  private int skipSpace(int from) {
    return Characters.stripStart(source, from, source.length());
  }

  /** The end of {@code raw %}} if the tag opened before {@code from} is a raw tag, else -1. */
  private int rawBegin(int from) {
    int name = skipSpace(from);
    if (!source.startsWith("raw", name)) {
      return -1;
    }
    int end = skipSpace(name + 3);
    if (source.startsWith("-%}", end)) {
      return skipSpace(end + 3);
    }
    return source.startsWith("%}", end) ? end + 2 : -1;
  }

  private void readRaw() {
    for (int i = source.indexOf("{%", pos); i >= 0; i = source.indexOf("{%", i + 1)) {
      char sign = signAt(i + 2);
      int end = sign == 0 ? -1 : rawEnd(i + 3);
      if (end < 0) {
        end = rawEnd(i + 2);
        sign = 0;
      }
      if (end >= 0) {
        lineStarting = pos > 0 && source.charAt(pos - 1) == '\n';
        emitData(source.substring(pos, i), sign, false);
        moveTo(end);
        return;
      }
    }
    throw TemplateException.syntax(line, "missing end of raw block");
  }

  private int rawEnd(int from) {
    int name = skipSpace(from);
    return source.startsWith("endraw", name) ? closing(skipSpace(name + 6), "%}") : -1;
  }

  /** The end of a closing mark with its white space rules, or -1 when there is none. */
  private int closing(int at, String mark) {
    if (source.startsWith("+" + mark, at)) {
      return at + 3;
    }
    if (source.startsWith("-" + mark, at)) {
      return skipSpace(at + 3);
    }
    if (!source.startsWith(mark, at)) {
      return -1;
    }
    return source.startsWith("\n", at + 2) ? at + 3 : at + 2;
  }

  private void skipComment() {
    for (int i = pos; i < source.length(); i++) {
      int end = closing(i, "#}");
      if (end >= 0) {
        moveTo(end);
        return;
      }
    }
    throw TemplateException.syntax(line, "missing end of comment");
  }

  private void readExpressionTag(boolean block) {
    emit(block ? Kind.BLOCK_BEGIN : Kind.VARIABLE_BEGIN, "");
    ExpressionLexer inner = new ExpressionLexer(source, block, tokens);
    pos = inner.read(pos, line);
    line = inner.line();
  }

  private void emit(Kind kind, String text) {
    tokens.add(new Token(kind, text, line));
  }
}
