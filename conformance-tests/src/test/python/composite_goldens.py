"""Records what PyTorch computes for every composite operator, written as the reference library does.

Usage: python composite_goldens.py ../../main/resources/dev/vlm4j/conformance/composites.txt
(Python 3.11, versions of the packages in requirements.txt)
"""

import sys

import torch
import torch.nn.functional as F

from golden_writer import Book

BOOK = Book()
FLT_MIN = torch.finfo(torch.float32).min


def norms():
    for stored in ["F32", "F16", "BF16"]:
        case = BOOK.case(f"layer_norm.{stored.lower()}")
        weight = case.weight("norm.weight", case.random.floats(8) / 3, stored)
        bias = case.weight("norm.bias", case.random.floats(8) / 3, stored)
        for n in [3, 0, 1]:
            x = case.random.floats(n, 8)
            case.run({"x": x}, {"y": F.layer_norm(x, (8,), weight, bias, 1e-5)})
        case = BOOK.case(f"rms_norm.{stored.lower()}")
        weight = case.weight("norm.weight", case.random.floats(8) / 3, stored)
        for n in [3, 0, 1]:
            x = case.random.floats(n, 8)
            case.run({"x": x}, {"y": rms_norm(x, weight, 1e-6)})
    for name, shape in {"vector": (8,), "sequence": (2, 3, 8), "heads": (2, 3, 2, 8)}.items():
        case = BOOK.case(f"layer_norm.{name}")
        weight = case.weight("norm.weight", case.random.floats(8))
        bias = case.weight("norm.bias", case.random.floats(8))
        x = case.random.floats(*shape)
        case.run({"x": x}, {"y": F.layer_norm(x, (8,), weight, bias, 1e-6)})
        case = BOOK.case(f"rms_norm.{name}")
        weight = case.weight("norm.weight", case.random.floats(8))
        x = case.random.floats(*shape)
        case.run({"x": x}, {"y": rms_norm(x, weight, 1e-5)})
    case = BOOK.case("layer_norm.offset")
    weight = case.weight("norm.weight", case.random.floats(64))
    bias = case.weight("norm.bias", case.random.floats(64))
    x = 20 + case.random.floats(2, 64)
    case.run({"x": x}, {"y": F.layer_norm(x, (64,), weight, bias, 1e-5)})
    case = BOOK.case("layer_norm.constant_row")
    weight = case.weight("norm.weight", case.random.floats(4))
    bias = case.weight("norm.bias", case.random.floats(4))
    x = torch.full((1, 4), 1.5)
    case.run({"x": x}, {"y": F.layer_norm(x, (4,), weight, bias, 1e-5)})
    case = BOOK.case("layer_norm.float32")
    x, weight, bias = (case.random.floats(*shape) for shape in [(2, 8), (8,), (8,)])
    case.run({"x": x, "w": weight, "b": bias}, {"y": F.layer_norm(x, (8,), weight, bias, 1e-5)})
    case = BOOK.case("rms_norm.float32")
    x, weight = case.random.floats(2, 8), case.random.floats(8)
    case.run({"x": x, "w": weight}, {"y": rms_norm(x, weight, 1e-5)})
    case = BOOK.case("rms_norm.offset_from_one")
    weight = case.weight("norm.weight", case.random.floats(8), "BF16")
    x = case.random.floats(2, 3, 8)
    case.run({"x": x}, {"y": rms_norm(x, 1 + weight, 1e-6)})
    case = BOOK.case("rms_norm.small")
    weight = case.weight("norm.weight", case.random.floats(8))
    x = case.random.floats(2, 8) / 4096
    case.run({"x": x}, {"y": rms_norm(x, weight, 1e-6)})


def rms_norm(x, weight, epsilon):
    return weight * (x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + epsilon))


ACTIVATIONS = {
    "gelu": F.gelu,
    "gelu_tanh": lambda x: F.gelu(x, approximate="tanh"),
    "quick_gelu": lambda x: x * torch.sigmoid(1.702 * x),
    "silu": F.silu,
    "relu": F.relu,
}


def activations():
    for key, function in ACTIVATIONS.items():
        for dtype in ["float", "float32"]:
            case = BOOK.case(f"activation.{key}.{dtype}")
            x = torch.cat([case.random.floats(24, low=-4, high=4), torch.arange(-12.0, 12.0)])
            case.run({"x": x.reshape(4, 12)}, {"y": function(x.reshape(4, 12))})
        case = BOOK.case(f"activation.{key}.symbolic")
        for n in [2, 0, 5]:
            x = case.random.floats(n, 3)
            case.run({"x": x}, {"y": function(x)})
        case = BOOK.case(f"gated_activation.{key}")
        for n in [2, 0, 5]:
            gate, up = case.random.floats(1, n, 6, low=-4, high=4), case.random.floats(1, n, 6)
            case.run({"gate": gate, "up": up}, {"y": function(gate) * up})


def frequencies(count, base=10000.0):
    return 1.0 / (base ** (torch.arange(0, 2 * count, 2, dtype=torch.float) / (2 * count)))


def rotary():
    case = BOOK.case("rotary_angles.plain")
    for row in [[0, 1, 2, 3], [7], [4095, 12345]]:
        positions = torch.tensor([row, row[::-1]], dtype=torch.int32)
        angles = positions[:, :, None].float() * frequencies(8)
        case.run({"positions": positions}, {"y": angles, "cos": angles.cos(), "sin": angles.sin()})
    sections = [4, 2, 2]
    case = BOOK.case("rotary_angles.chunked")
    for length in [3, 1]:
        positions = case.random.ints(3, 2, length, low=0, high=500)
        angles = positions[..., None].float() * frequencies(8)
        parts = angles.split(sections, -1)
        case.run({"positions": positions}, {"y": torch.cat([parts[i][i] for i in range(3)], -1)})
    case = BOOK.case("rotary_angles.interleaved")
    for length in [3, 1]:
        positions = case.random.ints(3, 2, length, low=0, high=500)
        angles = positions[..., None].float() * frequencies(8)
        mixed = angles[0].clone()
        for axis, offset in [(1, 1), (2, 2)]:
            index = slice(offset, sections[axis] * 3, 3)
            mixed[..., index] = angles[axis, ..., index]
        case.run({"positions": positions}, {"y": mixed})
    for name, half in {"full": 4, "partial": 3, "one_pair": 1}.items():
        for heads in [1, 3]:
            case = BOOK.case(f"rotary_embedding.{name}_{heads}")
            for length in [3, 1, 0]:
                x = case.random.floats(2, length, heads, 8)
                angle = case.random.floats(2, length, half, low=0, high=6)
                cos, sin = angle.cos(), angle.sin()
                case.run({"x": x, "cos": cos, "sin": sin}, {"y": rotate(x, cos, sin)})
    case = BOOK.case("rotary_embedding.of_positions")
    for start, length in [(0, 4), (4, 1), (5, 1)]:
        positions = torch.arange(start, start + length, dtype=torch.int32)[None]
        x = case.random.floats(1, length, 2, 8)
        angle = positions[:, :, None].float() * frequencies(4)
        case.run({"positions": positions, "x": x}, {"y": rotate(x, angle.cos(), angle.sin())})


def rotate(x, cos, sin):
    half = cos.shape[-1]
    cos, sin = (torch.cat([table, table], -1)[:, :, None] for table in [cos, sin])
    turned, rest = x[..., : 2 * half], x[..., 2 * half :]
    swapped = torch.cat([-turned[..., half:], turned[..., :half]], -1)
    return torch.cat([turned * cos + swapped * sin, rest], -1)


def attend(q, keys, values, past, scale, softcap=0, causal=False, window=0, bias=None, ids=None, spans=False):
    """Queries [rows, new, heads, dim]; keys and values [rows, kv heads, length, dim]."""
    groups = q.shape[2] // keys.shape[1]
    keys, values = (x.repeat_interleave(groups, 1) for x in [keys, values])
    scores = q.transpose(1, 2) @ keys.transpose(2, 3) * scale
    if softcap:
        scores = torch.tanh(scores / softcap) * softcap
    if bias is not None:
        scores = scores + bias
    key = torch.arange(keys.shape[2])[None, None, None, :]
    query = past + torch.arange(q.shape[1])[None, None, :, None]
    visible = torch.ones(1, 1, q.shape[1], keys.shape[2], dtype=torch.bool)
    same = None if ids is None else ids[0][:, None, :, None] == ids[1][:, None, None, :]
    if causal:
        visible = key <= query
    if spans:
        visible = visible | (same & (ids[0][:, None, :, None] > 0))
    elif same is not None:
        visible = visible & same
    if window:
        visible = visible & (key > query - window)
    weights = torch.where(visible, scores, FLT_MIN).softmax(-1, dtype=torch.float32)
    return (weights @ values).transpose(1, 2)


def bias_of(random, kind, rows, heads, new, length):
    leading = {"shared": (1, 1), "heads": (1, heads), "rows": (rows, 1), "all": (rows, heads)}[kind]
    return random.floats(*leading, new, length)


def ids_of(random, grouping, rows, length, past=None):
    """Ids of a sequence: two packed parts, or text with one span."""
    earlier = 0 if past is None else past.shape[1]
    if grouping == "segments":
        new = torch.tensor([[1 if i < 3 else 2 for i in range(earlier, earlier + length)]] * rows)
    else:
        new = torch.tensor([[7 if 1 <= i < 4 else 0 for i in range(earlier, earlier + length)]] * rows)
        new[-1] = torch.where(new[-1] == 7, 5, new[-1])
    new = new.to(torch.int32).reshape(rows, length)
    return new, new if past is None else torch.cat([past, new], 1)


def attention(name, heads=4, kv=4, value_dim=6, cross=False, bias=None, grouping=None, lengths=(5, 1, 3), **rules):
    case = BOOK.case("attention." + name)
    r = case.random
    for new in lengths:
        length = new + 3 if cross else new
        q, k = r.floats(2, new, heads, 6), r.floats(2, length, kv, 6)
        v = r.floats(2, length, kv, value_dim)
        given = {"q": q, "k": k, "v": v}
        if bias:
            given["bias"] = bias_of(r, bias, 2, heads, new, length)
        ids = None
        if grouping:
            ids = ids_of(r, grouping, 2, new)
            if cross:
                ids = (ids[0], torch.cat([ids[0], ids[0][:, :1].repeat(1, 3)], 1))
            given["query_ids"], given["key_ids"] = ids
        y = attend(
            q, k.transpose(1, 2), v.transpose(1, 2), 0, 0.4,
            bias=given.get("bias"), ids=ids, spans=grouping == "spans", **rules,
        )
        case.run(given, {"y": y})


STEPS = (4, 1, 1, [1, 0], 2, [1, 1], 1, 0)
SINGLE_ROW = (5, 1, -3, 1, 2, -1, 3)


def cached(name, heads=4, kv=2, value_dim=6, rows=2, bias=None, grouping=None, steps=STEPS, layers=None, **rules):
    """Steps are numbers of new positions; negative: keep so many; lists: take these rows."""
    case = BOOK.case("attention." + name)
    r = case.random
    layers = layers or [rules]
    keys = [torch.zeros(rows, kv, 0, 6) for _ in layers]
    values = [torch.zeros(rows, kv, 0, value_dim) for _ in layers]
    key_ids = torch.zeros(rows, 0, dtype=torch.int32)
    for step in steps:
        if isinstance(step, list):
            case.reorder(step)
            keys, values = [x[step] for x in keys], [x[step] for x in values]
            key_ids = key_ids[step]
            continue
        if step < 0:
            case.truncate("self", -step)
            keys, values = [x[:, :, :-step] for x in keys], [x[:, :, :-step] for x in values]
            key_ids = key_ids[:, :-step]
            continue
        past = keys[0].shape[2]
        q, k = r.floats(rows, step, heads, 6), r.floats(rows, step, kv, 6)
        v = r.floats(rows, step, kv, value_dim)
        given = {"q": q, "k": k, "v": v}
        if bias:
            given["bias"] = bias_of(r, bias, rows, heads, step, past + step)
        ids = None
        if grouping:
            ids = ids_of(r, grouping, rows, step, key_ids)
            key_ids = ids[1]
            given["query_ids"], given["key_ids"] = ids
        results = {}
        for i, layer in enumerate(layers):
            keys[i] = torch.cat([keys[i], k.transpose(1, 2) * (i + 1)], 2)
            values[i] = torch.cat([values[i], v.transpose(1, 2)], 2)
            results["y" if len(layers) == 1 else f"y{i}"] = attend(
                q, keys[i], values[i], past, 0.4,
                bias=given.get("bias"), ids=ids, spans=grouping == "spans", **layer,
            )
        case.run(given, results)


def cross_cached(name, **rules):
    """The encoder's keys come with the first run, later runs append none."""
    case = BOOK.case("attention." + name)
    r = case.random
    keys, values = torch.zeros(2, 2, 0, 6), torch.zeros(2, 2, 0, 6)
    for new, encoded in [(3, 4), (1, 0), (1, 0), (2, 0)]:
        q, k, v = r.floats(2, new, 4, 6), r.floats(2, encoded, 2, 6), r.floats(2, encoded, 2, 6)
        keys = torch.cat([keys, k.transpose(1, 2)], 2)
        values = torch.cat([values, v.transpose(1, 2)], 2)
        given = {"q": q, "k": k, "v": v}
        ids = None
        if rules.get("masked"):
            ids = torch.ones(2, new, dtype=torch.int32), torch.tensor([[1, 1, 1, 0], [1, 1, 0, 0]], dtype=torch.int32)
            given["query_ids"], given["key_ids"] = ids
        case.run(given, {"y": attend(q, keys, values, 0, 0.4, ids=ids)})


def attentions():
    attention("full", lengths=(5, 1, 3, 0))
    attention("full_gqa2", kv=2)
    attention("full_gqa7", heads=14, kv=2)
    attention("full_mqa", kv=1)
    attention("full_cross", cross=True, kv=2)
    attention("full_value_dim", value_dim=9, kv=2)
    attention("full_softcap", softcap=2.0)
    attention("full_window", window=2)
    for kind in ["shared", "heads", "rows", "all"]:
        attention("full_bias_" + kind, bias=kind, kv=2)
    attention("full_segments", grouping="segments", kv=2)
    attention("full_segments_cross", grouping="segments", cross=True)
    attention("full_segments_bias", grouping="segments", bias="heads")
    attention("causal", causal=True, lengths=(5, 1, 3, 0))
    attention("causal_gqa2", causal=True, kv=2)
    attention("causal_gqa7", causal=True, heads=7, kv=1)
    attention("causal_value_dim", causal=True, value_dim=4)
    attention("causal_window", causal=True, window=2)
    attention("causal_softcap", causal=True, softcap=2.0, kv=2)
    attention("causal_softcap_window", causal=True, softcap=2.0, window=3)
    attention("causal_bias", causal=True, bias="heads", kv=2)
    attention("causal_segments", causal=True, grouping="segments")
    attention("causal_spans", causal=True, grouping="spans", kv=2)
    attention("causal_spans_window", causal=True, grouping="spans", window=2)
    cached("cached", causal=True)
    cached("cached_one_row", rows=1, causal=True, steps=SINGLE_ROW)
    cached("cached_equal_heads", kv=4, causal=True)
    cached("cached_gqa7", heads=7, kv=1, causal=True)
    cached("cached_value_dim", value_dim=9, causal=True)
    cached("cached_window", causal=True, window=2, rows=1, steps=SINGLE_ROW)
    cached("cached_softcap", causal=True, softcap=2.0)
    cached("cached_softcap_window", causal=True, softcap=2.0, window=3)
    cached("cached_bias", causal=True, bias="heads")
    cached("cached_segments", causal=True, grouping="segments", rows=1, steps=SINGLE_ROW)
    cached("cached_spans", causal=True, grouping="spans", rows=1, steps=SINGLE_ROW)
    cached("cached_spans_window", causal=True, grouping="spans", window=3)
    cached("cached_full", causal=False)
    cached("cached_two_layers", layers=[{"causal": True}, {"causal": True, "window": 2}])
    cross_cached("cross_cached")
    cross_cached("cross_cached_segments", masked=True)


def channels():
    for name, sizes in {"one_group": [(2, 5, 1, 4)], "groups": [(2, 5, 3, 4)],
                        "any_length": [(1, n, 2, 6) for n in (7, 1, 12)]}.items():
        case = BOOK.case("channel_attention." + name)
        for shape in sizes:
            q, k, v = (case.random.floats(*shape) for _ in range(3))
            q_, k_, v_ = (x.permute(0, 2, 3, 1) for x in (q, k, v))
            weights = torch.softmax(q_ @ k_.transpose(-1, -2) * 0.4, -1)
            case.run({"q": q, "k": k, "v": v}, {"y": (weights @ v_).permute(0, 3, 1, 2)})


if __name__ == "__main__":
    torch.set_num_threads(1)
    for family in [norms, activations, rotary, attentions, channels]:
        family()
    BOOK.write(sys.argv[1], "composite_goldens.py")
