package dev.vlm4j.zoo.template;

import dev.vlm4j.zoo.template.Stmt.Target;
import dev.vlm4j.zoo.template.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses what stands left of an assignment. */
final class TargetParser {
  private static final Set<String> CONSTANTS =
      Set.of("true", "false", "none", "True", "False", "None");

  private final TokenStream stream;

  TargetParser(TokenStream stream) {
    this.stream = stream;
  }

  String name() {
    Token token = stream.expect(Kind.NAME);
    if (CONSTANTS.contains(token.text())) {
      throw TemplateException.syntax(token.line(), "cannot assign to '" + token.text() + "'");
    }
    return token.text();
  }

  /** One target or several with commas between; ends at the tag's end, '=' or {@code endName}. */
  Target target(@Nullable String endName, boolean attributes) {
    List<Target> items = new ArrayList<>();
    boolean unpacking = false;
    while (!atEnd(endName)) {
      items.add(single(attributes));
      if (!stream.skipOperator(",")) {
        break;
      }
      unpacking = true;
    }
    if (unpacking) {
      return new Target.Unpacking(items);
    }
    if (items.isEmpty()) {
      throw stream.unexpected("a name");
    }
    return items.get(0);
  }

  private boolean atEnd(@Nullable String endName) {
    Token token = stream.current();
    return token.is(Kind.BLOCK_END)
        || token.isOperator(")")
        || (endName != null && token.isName(endName));
  }

  private Target single(boolean attributes) {
    if (stream.skipOperator("(")) {
      Target inner = target(null, false);
      stream.expectOperator(")");
      return inner;
    }
    Token token = stream.current();
    if (attributes && token.is(Kind.NAME) && stream.look().isOperator(".")) {
      stream.next();
      stream.next();
      return new Target.Attribute(token.text(), stream.expect(Kind.NAME).text());
    }
    return new Target.Variable(name());
  }

  void refuseLoopVariable(Target target, int line) {
    if (target instanceof Target.Variable variable && variable.name().equals("loop")) {
      throw TemplateException.syntax(line, "cannot assign to the special variable 'loop'");
    }
    if (target instanceof Target.Unpacking unpacking) {
      unpacking.items().forEach(item -> refuseLoopVariable(item, line));
    }
  }
}
