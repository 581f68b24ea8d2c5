package dev.vlm4j.zoo.template;

import dev.vlm4j.zoo.template.Token.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the tokens between a tag's opening and closing marks. */
final class ExpressionLexer {
  private static final Pattern FLOAT =
      Pattern.compile(
          "(?<!\\.)(?:\\d+_)*\\d+(?:(?:\\.(?:\\d+_)*\\d+)?e[+\\-]?(?:\\d+_)*\\d+|\\.(?:\\d+_)*\\d+)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern INTEGER =
      Pattern.compile(
          "0b(?:_?[01])+|0o(?:_?[0-7])+|0x(?:_?[\\da-f])+|[1-9](?:_?\\d)*|0(?:_?0)*",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern STRING =
      Pattern.compile(
          "'[^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+'|\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"",
          Pattern.DOTALL);
  private static final Pattern OPERATOR =
      Pattern.compile("//|\\*\\*|==|!=|>=|<=|[-+/*%~\\[\\](){}><=.:|,;]");

  private final String source;
  private final boolean block;
  private final List<Token> tokens;
  private final Deque<String> open = new ArrayDeque<>();
  private int pos;
  private int line;

  ExpressionLexer(String source, boolean block, List<Token> tokens) {
    this.source = source;
    this.block = block;
    this.tokens = tokens;
  }

  int line() {
    return line;
  }

  /** Reads up to and including the closing mark; returns the position after it. */
  int read(int start, int startLine) {
    pos = start;
    line = startLine;
    while (true) {
      int end = open.isEmpty() ? closing() : -1;
      if (end >= 0) {
        emit(block ? Kind.BLOCK_END : Kind.VARIABLE_END, "");
        advance(end);
        return pos;
      }
      if (pos >= source.length()) {
        throw TemplateException.syntax(line, "unexpected end of template inside a tag");
      }
      readToken();
    }
  }

  private int closing() {
    String mark = block ? "%}" : "}}";
    if (source.startsWith("-" + mark, pos)) {
      return Characters.stripStart(source, pos + 3, source.length());
    }
    if (block && source.startsWith("+" + mark, pos)) {
      return pos + 3;
    }
    if (!source.startsWith(mark, pos)) {
      return -1;
    }
    return block && source.startsWith("\n", pos + 2) ? pos + 3 : pos + 2;
  }

  private void readToken() {
    int afterSpace = Characters.stripStart(source, pos, source.length());
    if (afterSpace > pos) {
      advance(afterSpace);
    } else if (!tryNumber() && !tryName() && !tryString()) {
      readOperator();
    }
  }

  private boolean tryNumber() {
    if (!Characters.isAsciiDigit(source.charAt(pos))) {
      return false;
    }
    return tryPattern(FLOAT, Kind.FLOAT) || tryPattern(INTEGER, Kind.INTEGER);
  }

  private boolean tryPattern(Pattern pattern, Kind kind) {
    Matcher matcher = matcherAt(pattern);
    if (!matcher.lookingAt()) {
      return false;
    }
    emit(kind, matcher.group().replace("_", ""));
    advance(matcher.end());
    return true;
  }

  private Matcher matcherAt(Pattern pattern) {
    return pattern.matcher(source).region(pos, source.length()).useTransparentBounds(true);
  }

  private boolean tryName() {
    int end = pos;
    while (end < source.length() && isNamePart(source.codePointAt(end))) {
      end += Character.charCount(source.codePointAt(end));
    }
    if (end == pos) {
      return false;
    }
    emit(Kind.NAME, source.substring(pos, end));
    advance(end);
    return true;
  }

  private boolean isNamePart(int codePoint) {
    return codePoint == '_' || Character.isLetterOrDigit(codePoint);
  }

  private boolean tryString() {
    char quote = source.charAt(pos);
    if (quote != '\'' && quote != '"') {
      return false;
    }
    Matcher matcher = matcherAt(STRING);
    if (!matcher.lookingAt()) {
      throw TemplateException.syntax(line, "string without end");
    }
    emit(Kind.STRING, StringEscapes.decode(source.substring(pos + 1, matcher.end() - 1), line));
    advance(matcher.end());
    return true;
  }

  private void readOperator() {
    Matcher matcher = matcherAt(OPERATOR);
    if (!matcher.lookingAt()) {
      String character = Character.toString(source.codePointAt(pos));
      throw TemplateException.syntax(line, "unexpected character '" + character + "'");
    }
    String operator = matcher.group();
    balance(operator);
    emit(Kind.OPERATOR, operator);
    advance(matcher.end());
  }

  private void balance(String operator) {
    switch (operator) {
      case "{" -> open.push("}");
      case "(" -> open.push(")");
      case "[" -> open.push("]");
      case "}", ")", "]" -> close(operator);
      default -> {}
    }
  }

  private void close(String operator) {
    if (open.isEmpty()) {
      throw TemplateException.syntax(line, "unexpected '" + operator + "'");
    }
    String expected = open.pop();
    if (!expected.equals(operator)) {
      throw TemplateException.syntax(
          line, "unexpected '" + operator + "', expected '" + expected + "'");
    }
  }

  private void advance(int to) {
    for (int i = pos; i < to; i++) {
      if (source.charAt(i) == '\n') {
        line++;
      }
    }
    pos = to;
  }

  private void emit(Kind kind, String text) {
    tokens.add(new Token(kind, text, line));
  }
}
