package dev.vlm4j.backend.tensorflow;

import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.op.Conv2d;
import org.tensorflow.Operation;
import org.tensorflow.Output;

/**
 * Convolutions. On the CPU TensorFlow has only the layout with channels last, and no groups besides
 * one channel per group, so that other groups are computed one after the other. Its oneDNN kernels,
 * which it picks on some processors, give a batch of no pictures the shape of their input: an empty
 * batch gets one picture of zeros, whose result is cut off again.
 */
final class TensorFlowConvolutionOps {
  private final TensorFlowGraphWriter writer;
  private final TensorFlowValues values;

  TensorFlowConvolutionOps(TensorFlowGraphWriter writer, TensorFlowValues values) {
    this.writer = writer;
    this.values = values;
  }

  Output<?> conv2d(Node node, Conv2d op) {
    Value input = node.input(0);
    if (input.dim(0).isFixed() && input.dim(0).size() > 0) {
      return convolution(node, op, values.of(input));
    }
    Output<?> pictures = values.length(input, 0);
    Output<?> y = convolution(node, op, filled(values.of(input), pictures));
    return firsts(y, pictures);
  }

  private Output<?> convolution(Node node, Conv2d op, Output<?> x) {
    Output<?> y = convolve(node, op, channelsLast(x, op.padding()));
    if (node.inputs().size() == 3) {
      y = writer.add("BiasAdd", y, values.of(node, 2));
    }
    return writer.transpose(y, 0, 3, 1, 2);
  }

  private Output<?> channelsLast(Output<?> x, int padding) {
    Output<?> moved = writer.transpose(x, 0, 2, 3, 1);
    if (padding == 0) {
      return moved;
    }
    int[] amounts = {0, 0, padding, padding, padding, padding, 0, 0};
    return writer.add("Pad", moved, writer.constant(amounts, new long[] {4, 2}));
  }

  /** Adds a picture to an empty batch; otherwise TensorFlow copies nothing. */
  private Output<?> filled(Output<?> x, Output<?> pictures) {
    Output<?> present = writer.add("Minimum", pictures, writer.constant(1));
    Output<?> missing = writer.add("Sub", writer.constant(1), present);
    Output<?> none = writer.constant(0);
    Output<?> amounts = writer.pack(0, none, missing, none, none, none, none, none, none);
    return writer.add("Pad", x, writer.add("Reshape", amounts, writer.vector(4, 2)));
  }

  private Output<?> firsts(Output<?> y, Output<?> pictures) {
    Output<?> all = writer.constant(-1);
    return writer.add(
        "Slice", y, writer.vector(0, 0, 0, 0), writer.pack(0, pictures, all, all, all));
  }

  private Output<?> convolve(Node node, Conv2d op, Output<?> x) {
    if (op.groups() == 1) {
      return single(op, x, values.of(node, 1));
    }
    return node.input(1).dim(1).size() == 1
        ? depthwise(node, op, x)
        : grouped(op, x, values.of(node, 1));
  }

  private Output<?> single(Conv2d op, Output<?> x, Output<?> weight) {
    return strided("Conv2D", op, x, writer.transpose(weight, 2, 3, 1, 0));
  }

  /** One input channel per group: its filters stand side by side in the last axis. */
  private Output<?> depthwise(Node node, Conv2d op, Output<?> x) {
    Value weight = node.input(1);
    int perGroup = Math.toIntExact(weight.dim(0).size() / op.groups());
    Output<?> byGroup =
        writer.add(
            "Reshape",
            values.of(weight),
            writer.vector(
                op.groups(),
                perGroup,
                Math.toIntExact(weight.dim(2).size()),
                Math.toIntExact(weight.dim(3).size())));
    return strided("DepthwiseConv2dNative", op, x, writer.transpose(byGroup, 2, 3, 0, 1));
  }

  private Output<?> grouped(Conv2d op, Output<?> x, Output<?> weight) {
    Operation channels = split(x, 3, op.groups());
    Operation filters = split(weight, 0, op.groups());
    Output<?>[] parts = new Output<?>[op.groups()];
    for (int group = 0; group < parts.length; group++) {
      parts[group] = single(op, channels.output(group), filters.output(group));
    }
    return writer.concat(3, parts);
  }

  private Operation split(Output<?> x, int axis, int parts) {
    return writer.operation("Split", writer.constant(axis), x).setAttr("num_split", parts).build();
  }

  private Output<?> strided(String type, Conv2d op, Output<?> x, Output<?> filter) {
    return TensorFlowGraphWriter.result(
        writer
            .operation(type, x, filter)
            .setAttr("strides", new long[] {1, op.stride(), op.stride(), 1})
            .setAttr("padding", "VALID"));
  }
}
