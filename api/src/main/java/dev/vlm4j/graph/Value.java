package dev.vlm4j.graph;

/**
 * A tensor inside a graph. Values are made by {@link GraphBuilder} and {@link Scope}, and belong to
 * one graph.
 */
public final class Value {
  /** Where a value comes from. */
  public enum Kind {
    /** Handed over by the caller of each run. */
    INPUT,
    /** A tensor of the checkpoint. */
    WEIGHT,
    /** Computed by a node. */
    NODE,
    /** Result of a node whose types do not fit; exists only until the graph is verified. */
    INVALID
  }

  private static final Dim UNKNOWN = Dim.symbol("<unknown>");

  private final int id;
  private final Kind kind;
  private final String name;
  private final TensorType type;

  Value(int id, Kind kind, String name, TensorType type) {
    this.id = id;
    this.kind = kind;
    this.name = name;
    this.type = type;
  }

  /** Returns the number of this value, unique within its graph. */
  public int id() {
    return id;
  }

  /** Returns where the value comes from. */
  public Kind kind() {
    return kind;
  }

  /** Returns the input's name, the weight's checkpoint key, or the scope of the producing node. */
  public String name() {
    return name;
  }

  /** Returns element type and shape. */
  public TensorType type() {
    return type;
  }

  /** Returns the element type. */
  public DType dtype() {
    return type.dtype();
  }

  /** Returns the shape. */
  public Shape shape() {
    return type.shape();
  }

  /** Returns the number of axes. */
  public int rank() {
    return type.rank();
  }

  /** Returns the length of one axis; negative axes count from the end. */
  public Dim dim(int axis) {
    return kind == Kind.INVALID ? UNKNOWN : type.dim(axis);
  }

  @Override
  public String toString() {
    return "%" + id;
  }
}
