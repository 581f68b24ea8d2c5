package dev.vlm4j.zoo.template;

import dev.vlm4j.zoo.template.Stmt.Block;
import dev.vlm4j.zoo.template.Stmt.Signature;
import dev.vlm4j.zoo.template.Stmt.Target;
import dev.vlm4j.zoo.template.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** Parses a template's tokens into statements. */
final class StatementParser {
  private static final int MAX_NESTING = 100;
  private static final Set<String> KNOWN_TO_JINJA =
      Set.of("block", "extends", "include", "import", "from", "autoescape");

  private final TokenStream stream;
  private final ExpressionParser expressions;
  private final TargetParser targets;

  /** For each open function body, the number of open loops a break could leave. */
  private final Deque<Integer> loops = new ArrayDeque<>(List.of(0));

  /** The number of open for blocks with their else blocks, macros between them or not. */
  private int openLoops;

  private int nesting;

  private StatementParser(TokenStream stream) {
    this.stream = stream;
    this.expressions = new ExpressionParser(stream);
    this.targets = new TargetParser(stream);
  }

  static List<Stmt> parse(List<Token> tokens) {
    StatementParser parser = new StatementParser(new TokenStream(tokens));
    List<Stmt> statements = parser.statements();
    if (!parser.stream.current().is(Kind.END)) {
      throw parser.unknownTag();
    }
    return statements;
  }

  /** Statements up to the end or to a tag that this parser does not start; its '{%' is read. */
  private List<Stmt> statements(String... endings) {
    List<Stmt> result = new ArrayList<>();
    while (!stream.current().is(Kind.END)) {
      Token token = stream.next();
      if (token.is(Kind.DATA)) {
        result.add(new Stmt.Text(token.text(), token.line()));
      } else if (token.is(Kind.VARIABLE_BEGIN)) {
        result.add(new Stmt.Print(List.of(expressions.tuple(true, null, false)), token.line()));
        stream.expect(Kind.VARIABLE_END);
      } else if (atAny(endings)) {
        return result;
      } else {
        result.add(statement());
        stream.expect(Kind.BLOCK_END);
      }
    }
    if (endings.length > 0) {
      throw TemplateException.syntax(
          stream.current().line(), "unexpected end of template, expected " + endings[0]);
    }
    return result;
  }

  private boolean atAny(String... names) {
    for (String name : names) {
      if (stream.current().isName(name)) {
        return true;
      }
    }
    return false;
  }

  private List<Stmt> body(String... endings) {
    stream.skipOperator(":");
    stream.expect(Kind.BLOCK_END);
    nesting++;
    if (nesting > MAX_NESTING) {
      throw TemplateException.unsupported(
          stream.current().line(), "blocks nested deeper than " + MAX_NESTING);
    }
    List<Stmt> result = statements(endings);
    nesting--;
    return result;
  }

  private Block block(String ending) {
    Block block = new Block(body(ending));
    stream.next();
    return block;
  }

  /** A block that Python compiles to a function of its own, which break cannot leave. */
  private Block functionBlock(String ending) {
    loops.push(0);
    Block block = block(ending);
    loops.pop();
    return block;
  }

  private Stmt statement() {
    Token tag = stream.expect(Kind.NAME);
    int line = tag.line();
    return switch (tag.text()) {
      case "set" -> set(line);
      case "if" -> conditional(line);
      case "for" -> loop(line);
      case "macro" -> macro(line);
      case "call" -> callBlock(line);
      case "filter" -> filterBlock(line);
      case "with" -> with(line);
      case "print" -> print(line);
      case "generation" -> new Stmt.Generation(functionBlock("endgeneration"), line);
      case "break", "continue" -> leaveLoop(tag);
      default -> throw unknown(tag);
    };
  }

  private static TemplateException unknown(Token tag) {
    String name = tag.text();
    return KNOWN_TO_JINJA.contains(name)
        ? TemplateException.unsupported(tag.line(), "the tag '" + name + "'")
        : TemplateException.syntax(tag.line(), "unknown tag '" + name + "'");
  }

  private TemplateException unknownTag() {
    return unknown(stream.current());
  }

  private Stmt set(int line) {
    Target target = targets.target(null, true);
    if (openLoops > 0) {
      targets.refuseLoopVariable(target, line);
    }
    if (stream.skipOperator("=")) {
      return new Stmt.Assign(target, expressions.tuple(true, null, false), line);
    }
    Expr filters = stream.atOperator("|") ? filterChain() : null;
    return new Stmt.AssignBlock(target, filters, block("endset"), line);
  }

  private Expr filterChain() {
    Expr chain = new Expr.Captured(stream.current().line());
    while (stream.skipOperator("|")) {
      chain = expressions.primaries().filter(chain);
    }
    return chain;
  }

  private Stmt conditional(int line) {
    List<Stmt.Branch> branches = new ArrayList<>();
    List<Stmt> otherwise = List.of();
    String ending = "elif";
    while (ending.equals("elif")) {
      Expr test = expressions.tuple(false, null, false);
      branches.add(new Stmt.Branch(test, body("elif", "else", "endif")));
      ending = stream.next().text();
    }
    if (ending.equals("else")) {
      otherwise = body("endif");
      stream.next();
    }
    return new Stmt.If(branches, otherwise, line);
  }

  private Stmt loop(int line) {
    Target target = targets.target("in", false);
    targets.refuseLoopVariable(target, line);
    stream.expectName("in");
    Expr items = expressions.tuple(false, "recursive", false);
    Stmt.LoopTest test = stream.skipName("if") ? new Stmt.LoopTest(expressions.expression()) : null;
    if (stream.current().isName("recursive")) {
      throw TemplateException.unsupported(line, "recursive loops");
    }
    openLoops++;
    loops.push(loops.pop() + 1);
    Block body = new Block(body("endfor", "else"));
    loops.push(loops.pop() - 1);
    Block otherwise = stream.next().text().equals("else") ? block("endfor") : new Block(List.of());
    openLoops--;
    return new Stmt.For(target, items, test, body, otherwise, line);
  }

  private Stmt macro(int line) {
    String name = targets.name();
    Signature signature = signature();
    return new Stmt.MacroDefinition(name, signature, functionBlock("endmacro"), line);
  }

  private Signature signature() {
    stream.expectOperator("(");
    List<String> names = new ArrayList<>();
    List<Expr> defaults = new ArrayList<>();
    while (!stream.atOperator(")")) {
      if (!names.isEmpty()) {
        stream.expectOperator(",");
      }
      parameter(names, defaults);
    }
    stream.expectOperator(")");
    return new Signature(names, defaults);
  }

  private void parameter(List<String> names, List<Expr> defaults) {
    int line = stream.current().line();
    String name = targets.name();
    if (names.contains(name)) {
      throw TemplateException.syntax(line, "duplicate parameter '" + name + "'");
    }
    if (stream.skipOperator("=")) {
      defaults.add(expressions.expression());
    } else if (!defaults.isEmpty()) {
      throw TemplateException.syntax(line, "parameter without default follows one with default");
    }
    names.add(name);
  }

  private Stmt callBlock(int line) {
    Signature signature = stream.atOperator("(") ? signature() : Signature.NONE;
    if (!(expressions.expression() instanceof Expr.Call call)) {
      throw TemplateException.syntax(line, "expected a call");
    }
    return new Stmt.CallBlock(call, signature, functionBlock("endcall"), line);
  }

  private Stmt filterBlock(int line) {
    Expr chain = expressions.primaries().filter(new Expr.Captured(line));
    while (stream.skipOperator("|")) {
      chain = expressions.primaries().filter(chain);
    }
    return new Stmt.FilterBlock(chain, block("endfilter"), line);
  }

  private Stmt with(int line) {
    List<Target> names = new ArrayList<>();
    List<Expr> values = new ArrayList<>();
    while (!stream.current().is(Kind.BLOCK_END)) {
      if (!names.isEmpty()) {
        stream.expectOperator(",");
      }
      names.add(targets.target(null, false));
      stream.expectOperator("=");
      values.add(expressions.expression());
    }
    return new Stmt.With(names, values, block("endwith"), line);
  }

  private Stmt print(int line) {
    List<Expr> values = new ArrayList<>();
    while (!stream.current().is(Kind.BLOCK_END)) {
      if (!values.isEmpty()) {
        stream.expectOperator(",");
      }
      values.add(expressions.expression());
    }
    return new Stmt.Print(values, line);
  }

  private Stmt leaveLoop(Token tag) {
    Integer open = loops.peek();
    if (open == null || open == 0) {
      throw TemplateException.syntax(tag.line(), "'" + tag.text() + "' outside a loop");
    }
    return tag.text().equals("break") ? new Stmt.Break(tag.line()) : new Stmt.Continue(tag.line());
  }
}
