package dev.vlm4j.zoo.template;

import dev.vlm4j.zoo.template.Stmt.Block;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A parsed chat template. Renders exactly what Python's Jinja2 renders in the environment of
 * Transformers (trim_blocks, lstrip_blocks, loop controls, immutable sandbox), or throws.
 *
 * <p>Immutable and thread-safe.
 */
public final class ChatTemplate {
  private final String name;
  private final Block root;
  private final Scopes scopes;

  private ChatTemplate(String name, Block root) {
    this.name = name;
    this.root = root;
    this.scopes = Scopes.of(root);
  }

  /**
   * Parses a template.
   *
   * @param name appears in errors, for example the file the template comes from
   * @throws TemplateException if the source is not valid Jinja or uses something this engine lacks
   */
  public static ChatTemplate parse(String name, String source) {
    Objects.requireNonNull(name, "name");
    try {
      List<Stmt> statements = StatementParser.parse(Lexer.tokenize(source));
      return new ChatTemplate(name, new Block(statements));
    } catch (TemplateException e) {
      throw e.located(name, 1);
    } catch (StackOverflowError e) {
      throw tooDeep().located(name, 1);
    }
  }

  /** Returns the names of all variables that the template reads, its own ones too. */
  public Set<String> variables() {
    return FreeNames.read(root.statements());
  }

  /**
   * Renders the template.
   *
   * @param context variables by name: maps, lists, strings, {@link UserText}, booleans, integers,
   *     longs, doubles and nulls, nested at will. Python renders with {@code messages}, {@code
   *     tools} and {@code documents} (None when absent), {@code add_generation_prompt} and the
   *     special tokens; a variable that is missing is undefined, which differs from null
   * @return the text in order, neighbours of the same origin joined; empty for an empty text
   * @throws TemplateException if the template refuses, fails or exceeds a limit; nothing is
   *     returned then
   * @throws IllegalArgumentException if the context holds another kind of object
   */
  public List<TemplatePart> render(Map<String, ?> context, Limits limits) {
    return render(context, limits, Clock.systemDefaultZone());
  }

  List<TemplatePart> render(Map<String, ?> context, Limits limits, Clock clock) {
    Budget budget = new Budget(limits);
    try {
      Map<String, Value> values = ContextReader.read(context, budget);
      return new Interpreter(scopes, values, budget, clock).run(root).parts();
    } catch (TemplateException e) {
      throw e.located(name, budget.line());
    } catch (StackOverflowError e) {
      throw tooDeep().located(name, budget.line());
    }
  }

  private static TemplateException tooDeep() {
    return TemplateException.of(TemplateException.Code.LIMIT, "the template nests too deeply");
  }

  /**
   * Whether the template prints the text of a message's content in the given form, found by
   * rendering probe messages. A template may accept both forms or, for a role it drops, none.
   *
   * @param role such as user, assistant, system or tool
   * @param context further variables such as special tokens; messages are replaced
   */
  public boolean accepts(ContentForm form, String role, Map<String, ?> context) {
    return new ContentProbe(this, context).keeps(role, form);
  }

  /**
   * The form to hand over content in: parts when the template reads them, as only they can hold
   * pictures, else a string; empty when the template would lose the text either way.
   */
  public Optional<ContentForm> preferredContentForm(String role, Map<String, ?> context) {
    for (ContentForm form : List.of(ContentForm.PARTS, ContentForm.STRING)) {
      if (accepts(form, role, context)) {
        return Optional.of(form);
      }
    }
    return Optional.empty();
  }
}
