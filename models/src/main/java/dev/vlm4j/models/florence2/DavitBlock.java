package dev.vlm4j.models.florence2;

import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.nn.Activation;
import dev.vlm4j.graph.nn.LayerNorm;
import dev.vlm4j.graph.op.Conv2d;

/**
 * The two kinds of blocks of a stage: a depthwise convolution before attention, another one before
 * the MLP, each with its residual. Feature maps are {@code [pictures, width, rows, columns]}.
 *
 * @param spec the tower
 * @param stage the stage
 */
record DavitBlock(DavitSpec spec, DavitSpec.Stage stage) {
  private static final int KERNEL = 3;

  Value overPositions(Scope at, Value x) {
    DavitAttention attention = new DavitAttention(spec, stage);
    Value local = convolve(at.at("conv1"), x);
    Value flat = flat(at, local);
    Value grid = at.reshape(norm(at.at("norm1"), flat), x.dim(0), x.dim(2), x.dim(3), x.dim(1));
    Value mixed = attention.inWindows(at.at("window_attn"), grid);
    return feed(at, map(at, at.add(flat, mixed), x));
  }

  Value overChannels(Scope at, Value x) {
    DavitAttention attention = new DavitAttention(spec, stage);
    Value local = convolve(at.at("conv1"), x);
    Value flat = flat(at, local);
    Value mixed = attention.overChannels(at.at("channel_attn"), norm(at.at("norm1"), flat));
    return feed(at, map(at, at.add(flat, mixed), x));
  }

  private Value feed(Scope at, Value x) {
    Value local = convolve(at.at("conv2"), x);
    Value flat = flat(at, local);
    Value fed = mlp(at.at("ffn"), norm(at.at("norm2"), flat));
    return map(at, at.add(flat, fed), x);
  }

  /** Every channel on its own. */
  private Value convolve(Scope at, Value x) {
    int width = stage.width();
    Value kernel = at.weight("weight", width, 1, KERNEL, KERNEL);
    Conv2d conv = new Conv2d(1, KERNEL / 2, width);
    return at.add(at.conv2d(conv, x, kernel, at.weight("bias", width)), x);
  }

  private Value mlp(Scope at, Value x) {
    Value up = at.linear("fc1", x, stage.intermediateSize(), true);
    Value activated = at.apply(new Activation(spec.activation()), up);
    return at.linear("fc2", activated, stage.width(), true);
  }

  private static Value norm(Scope at, Value x) {
    return LayerNorm.module(at, x, Davit.EPSILON);
  }

  /** Returns {@code [pictures, positions, width]}. */
  private static Value flat(Scope at, Value x) {
    Dim positions = Dim.fixed(x.dim(2).size() * x.dim(3).size());
    return at.permute(at.reshape(x, x.dim(0), x.dim(1), positions), 0, 2, 1);
  }

  private static Value map(Scope at, Value flat, Value like) {
    Value planes = at.permute(flat, 0, 2, 1);
    return at.reshape(planes, like.dim(0), like.dim(1), like.dim(2), like.dim(3));
  }
}
