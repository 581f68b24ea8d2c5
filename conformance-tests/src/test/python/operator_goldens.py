"""Records what PyTorch computes for every primitive operator.

Usage: python operator_goldens.py ../../main/resources/dev/vlm4j/conformance/operators.txt
(Python 3.11, versions of the packages in requirements.txt)
"""

import sys

import torch
import torch.nn.functional as F

from golden_writer import Book

BOOK = Book()
FLT_MAX = torch.finfo(torch.float32).max
STORED = ["F32", "F16", "BF16", "F64"]
FLOATS = {"float": "FLOAT", "float32": "FLOAT32"}


def simple(name, inputs, function):
    """A case of one run with the result y; inputs is a function of the generator."""
    case = BOOK.case(name)
    given = inputs(case.random)
    case.run(given, {"y": function(*given.values())})


def several(name, inputs, function, lengths):
    """A case of one run per length of a symbolic axis."""
    case = BOOK.case(name)
    for length in lengths:
        given = inputs(case.random, length)
        case.run(given, {"y": function(*given.values())})


def unary():
    functions = {
        "neg": (torch.neg, -2, 2),
        "abs": (torch.abs, -2, 2),
        "exp": (torch.exp, -5, 5),
        "log": (torch.log, 0.125, 9),
        "sqrt": (torch.sqrt, 0, 9),
        "tanh": (torch.tanh, -10, 10),
        "sigmoid": (torch.sigmoid, -20, 20),
        "erf": (torch.erf, -4, 4),
        "sin": (torch.sin, -20, 20),
        "cos": (torch.cos, -20, 20),
    }
    for key, (function, low, high) in functions.items():
        for dtype in FLOATS:
            simple(
                f"unary.{key}.{dtype}",
                lambda r: {"x": r.floats(2, 3, 4, low=low, high=high)},
                lambda x: function(x),
            )
        several(
            f"unary.{key}.symbolic",
            lambda r, n: {"x": r.floats(n, 3, low=low, high=high)},
            lambda x: function(x),
            [2, 0, 5],
        )
        simple(f"unary.{key}.scalar", lambda r: {"x": r.floats(low=low, high=high)}, function)
    for key in ["sin", "cos"]:
        simple(
            f"unary.{key}.large",
            lambda r: {"x": r.floats(16, low=-4000, high=4000)},
            functions[key][0],
        )
    for key in ["neg", "abs"]:
        simple(f"unary.{key}.int", lambda r: {"x": r.ints(2, 6)}, functions[key][0])


def binary():
    functions = {
        "add": torch.add,
        "sub": torch.sub,
        "mul": torch.mul,
        "div": torch.div,
        "pow": torch.pow,
        "min": torch.minimum,
        "max": torch.maximum,
    }
    shapes = {
        "same": ((2, 3, 4), (2, 3, 4)),
        "last_axis": ((2, 3, 4), (4,)),
        "left_last_axis": ((4,), (2, 3, 4)),
        "both": ((2, 1, 4), (3, 1)),
        "scalar": ((2, 3), ()),
        "left_scalar": ((), (2, 3)),
        "scalars": ((), ()),
        "one_and_scalar": ((1,), ()),
        "zero_length": ((0, 3), (3,)),
    }
    for key, function in functions.items():

        def operands(r, left, right):
            if key == "pow":
                return {"a": r.floats(*left, low=0.125, high=4), "b": r.floats(*right)}
            b = r.floats(*right)
            return {"a": r.floats(*left), "b": torch.where(b == 0, 0.5, b)}

        for shape, (left, right) in shapes.items():
            simple(f"binary.{key}.{shape}", lambda r: operands(r, left, right), lambda a, b: function(a, b))
        simple(f"binary.{key}.float32", lambda r: operands(r, (2, 3), (3,)), lambda a, b: function(a, b))
        several(
            f"binary.{key}.symbolic",
            lambda r, n: operands(r, (n, 3), (1, 3)),
            lambda a, b: function(a, b),
            [1, 4, 0],
        )
        several(
            f"binary.{key}.two_symbols",
            lambda r, n: operands(r, (n[0], 1), (1, n[1])),
            lambda a, b: function(a, b),
            [(2, 3), (1, 1), (5, 2)],
        )
        if key not in ("div", "pow"):
            for shape in ["same", "both", "scalar"]:
                left, right = shapes[shape]
                simple(
                    f"binary.{key}.int_{shape}",
                    lambda r: {"a": r.ints(*left), "b": r.ints(*right)},
                    lambda a, b: function(a, b),
                )
    simple(
        "binary.pow.whole_exponents",
        lambda r: {"a": r.floats(2, 4), "b": torch.tensor([0.0, 1.0, 2.0, 3.0])},
        torch.pow,
    )
    simple(
        "binary.mul.large_int",
        lambda r: {"a": r.ints(4, low=-40000, high=40000), "b": r.ints(4, low=-50000, high=50000)},
        torch.mul,
    )


def compare():
    relations = {"equal": torch.eq, "less": torch.lt, "less_or_equal": torch.le}
    for key, relation in relations.items():
        for shape, (left, right) in {
            "same": ((3, 5), (3, 5)),
            "both": ((4, 1), (1, 5)),
            "scalar": ((2, 5), ()),
        }.items():
            for dtype in ["float", "float32", "int"]:

                def operands(r):
                    a, b = r.ints(*left, low=-2, high=3), r.ints(*right, low=-2, high=3)
                    return {"a": a, "b": b} if dtype == "int" else {"a": a / 4, "b": b / 4}

                simple(f"compare.{key}.{dtype}_{shape}", operands, lambda a, b: relation(a, b))
        several(
            f"compare.{key}.symbolic",
            lambda r, n: {"a": r.ints(n, 1, low=0, high=4), "b": r.ints(n, low=0, high=4)},
            lambda a, b: relation(a, b),
            [3, 0, 1],
        )


def logic():
    for key, function in {"and": torch.logical_and, "or": torch.logical_or}.items():
        for shape, (left, right) in {
            "same": ((2, 5), (2, 5)),
            "both": ((4, 1), (1, 5)),
            "scalar": ((2, 3), ()),
        }.items():
            simple(
                f"logical.{key}.{shape}",
                lambda r: {"a": r.ints(*left, low=0, high=2), "b": r.ints(*right, low=0, high=2)},
                lambda a, b: function(a > 0, b > 0),
            )
        several(
            f"logical.{key}.symbolic",
            lambda r, n: {"a": r.ints(n, 1, low=0, high=2), "b": r.ints(1, n, low=0, high=2)},
            lambda a, b: function(a > 0, b > 0),
            [2, 0, 3],
        )
    several(
        "not.symbolic", lambda r, n: {"a": r.ints(n, 2, low=0, high=2)}, lambda a: a <= 0, [3, 0, 1]
    )
    simple("not.scalar", lambda r: {"a": r.ints(low=0, high=2)}, lambda a: a <= 0)


def select():
    shapes = {
        "same": ((2, 3), (2, 3), (2, 3)),
        "condition_broadcast": ((2, 1), (2, 3), (2, 3)),
        "values_broadcast": ((2, 3), (3,), ()),
        "all_broadcast": ((4, 1, 1), (3, 1), (2,)),
        "zero_length": ((0, 1), (0, 3), (1, 3)),
    }
    for shape, (c, a, b) in shapes.items():
        for dtype in ["float", "float32", "int", "bool"]:

            def operands(r):
                make = r.floats if dtype.startswith("float") else r.ints
                return {"c": r.ints(*c, low=0, high=2), "a": make(*a), "b": make(*b)}

            def chosen(c, a, b):
                if dtype == "bool":
                    a, b = a > 0, b > 0
                return torch.where(c > 0, a, b)

            simple(f"select.{dtype}_{shape}", operands, chosen)
    several(
        "select.mask",
        lambda r, n: {"c": r.ints(n, n, low=0, high=2), "a": r.floats(2, n, n)},
        lambda c, a: torch.where(c > 0, a, -FLT_MAX),
        [3, 1, 0],
    )


def cast():
    numbers = torch.tensor([-2.75, -1.0, -0.5, 0.0, 0.5, 1.96875, 1000.5, 16777216.0])
    for source in FLOATS:
        simple(f"cast.{source}_to_int", lambda r: {"x": numbers}, lambda x: x.to(torch.int32))
        for target in FLOATS:
            simple(f"cast.{source}_to_{target}", lambda r: {"x": numbers}, lambda x: x)
    for target in FLOATS:
        simple(
            f"cast.int_to_{target}",
            lambda r: {"x": r.ints(3, 4, low=-70000, high=70000)},
            lambda x: x.to(torch.float32),
        )
        simple(f"cast.bool_to_{target}", lambda r: {"x": r.ints(3, 4)}, lambda x: (x > 0).float())
    simple("cast.bool_to_int", lambda r: {"x": r.ints(3, 4)}, lambda x: (x > 0).int())
    simple("cast.int_to_int", lambda r: {"x": r.ints(3, 4)}, lambda x: x)
    several("cast.symbolic", lambda r, n: {"x": r.floats(n, 2)}, lambda x: x.int(), [3, 0])


def reductions():
    functions = {
        "sum": lambda x, axis: x.sum(axis, keepdim=True),
        "mean": lambda x, axis: x.mean(axis, keepdim=True),
        "max": lambda x, axis: x.amax(axis, keepdim=True),
    }
    kinds = {f"reduce.{key}": function for key, function in functions.items()}
    kinds["softmax"] = lambda x, axis: x.softmax(axis)
    kinds["argmax"] = lambda x, axis: x.argmax(axis, keepdim=True).int()
    for key, function in kinds.items():
        for axis in range(3):
            simple(f"{key}.axis{axis}", lambda r: {"x": r.floats(3, 4, 5)}, lambda x: function(x, axis))
        simple(f"{key}.float32", lambda r: {"x": r.floats(3, 4)}, lambda x: function(x, 1))
        simple(f"{key}.vector", lambda r: {"x": r.floats(7)}, lambda x: function(x, 0))
        simple(f"{key}.one_element", lambda r: {"x": r.floats(3, 1)}, lambda x: function(x, 1))
        simple(f"{key}.long", lambda r: {"x": r.floats(2, 1000)}, lambda x: function(x, 1))
        several(
            f"{key}.symbolic", lambda r, n: {"x": r.floats(2, n)}, lambda x: function(x, 1), [3, 1, 6]
        )
        several(
            f"{key}.other_axis_symbolic",
            lambda r, n: {"x": r.floats(n, 4)},
            lambda x: function(x, 1),
            [2, 0, 5],
        )
    simple(
        "softmax.large", lambda r: {"x": r.floats(2, 6, low=-1000, high=1000)}, lambda x: x.softmax(1)
    )
    masked = torch.tensor([[0.5, -FLT_MAX, 1.5], [-FLT_MAX] * 3, [-FLT_MAX, 3.0, -FLT_MAX]])
    simple("softmax.masked", lambda r: {"x": masked}, lambda x: x.softmax(1))
    ties = torch.tensor([[1.0, 3.0, 3.0, 2.0], [-1.0, -1.0, -1.0, -1.0], [-4.0, -3.0, -2.0, -2.0]])
    simple("argmax.ties", lambda r: {"x": ties}, lambda x: x.argmax(1, keepdim=True).int())
    simple("argmax.ties_axis0", lambda r: {"x": ties.T}, lambda x: x.argmax(0, keepdim=True).int())
    simple("reduce.mean.offset", lambda r: {"x": 1000 + r.floats(2, 64)}, lambda x: x.mean(1, True))


def typed(dtype, *shape):
    """Inputs of one element type; truth values are made in the graph by x > 0."""
    return lambda r: {"x": (r.floats if dtype.startswith("float") else r.ints)(*shape)}


def as_typed(dtype, function):
    return lambda x: function((x > 0).int() if dtype == "bool" else x)


def shapes():
    moves = {
        "reshape.split": ((4, 6), lambda x: x.reshape(4, 2, 3)),
        "reshape.merge": ((2, 3, 4), lambda x: x.reshape(6, 4)),
        "reshape.to_scalar": ((1, 1), lambda x: x.reshape(())),
        "reshape.from_scalar": ((), lambda x: x.reshape(1, 1)),
        "permute.matrix": ((2, 3), lambda x: x.permute(1, 0)),
        "permute.cycle": ((2, 3, 4), lambda x: x.permute(2, 0, 1)),
        "permute.heads": ((2, 3, 4, 5), lambda x: x.permute(0, 2, 1, 3)),
        "permute.six": ((2, 3, 1, 2, 2, 3), lambda x: x.permute(0, 3, 5, 1, 4, 2)),
        "permute.identity": ((5,), lambda x: x.permute(0)),
        "expand.row": ((1, 3), lambda x: x.expand(2, 3)),
        "expand.middle": ((2, 1, 3), lambda x: x.expand(2, 4, 3)),
        "expand.in_front": ((3,), lambda x: x.expand(2, 2, 3)),
        "expand.scalar": ((), lambda x: x.expand(2, 3)),
        "slice.front": ((5, 3), lambda x: x[0:2]),
        "slice.middle": ((2, 6, 2), lambda x: x[:, 1:4]),
        "slice.to_end": ((2, 5), lambda x: x[:, 3:]),
        "slice.last": ((2, 5), lambda x: x[:, 4:]),
    }
    for key, (shape, function) in moves.items():
        for dtype in ["float", "float32", "int", "bool"]:
            simple(f"{key}.{dtype}", typed(dtype, *shape), as_typed(dtype, function))
    several("reshape.symbolic", lambda r, n: {"x": r.floats(n, 6)}, lambda x: x.reshape(-1, 2, 3), [2, 1, 5])
    several(
        "reshape.symbol_times",
        lambda r, n: {"x": r.floats(n, 6)},
        lambda x: x.reshape(3 * x.shape[0], 2),
        [2, 0, 5],
    )
    several(
        "reshape.symbol_divided",
        lambda r, n: {"x": r.floats(n, 2)},
        lambda x: x.reshape(x.shape[0] // 4, 8),
        [4, 0, 12],
    )
    several(
        "reshape.two_symbols",
        lambda r, n: {"x": r.floats(n[0], n[1], 4)},
        lambda x: x.reshape(x.shape[0], x.shape[1], 2, 2),
        [(2, 3), (1, 1), (3, 0)],
    )
    several("permute.symbolic", lambda r, n: {"x": r.floats(n, 2, 3)}, lambda x: x.permute(1, 0, 2), [3, 0, 1])
    several(
        "expand.symbolic",
        lambda r, n: {"x": r.floats(1, 3), "like": r.ints(n)},
        lambda x, like: x.expand(like.shape[0], 3),
        [2, 0, 1],
    )
    several(
        "expand.own_symbol",
        lambda r, n: {"x": r.floats(n, 1)},
        lambda x: x.expand(x.shape[0], 4),
        [2, 0, 3],
    )
    several("slice.symbolic_to_end", lambda r, n: {"x": r.floats(n, 2)}, lambda x: x[2:], [5, 3, 2])
    several("slice.symbolic_fixed", lambda r, n: {"x": r.floats(n, 2)}, lambda x: x[1:3], [5, 3])
    several("slice.other_axis", lambda r, n: {"x": r.floats(n, 4)}, lambda x: x[:, 1:3], [2, 0])


def concat():
    join = lambda axis: lambda *operands: torch.cat(operands, axis)
    for dtype in ["float", "float32", "int", "bool"]:

        def operands(r, *sizes):
            make = r.floats if dtype.startswith("float") else r.ints
            return {"abc"[i]: make(*size) for i, size in enumerate(sizes)}

        def joined(axis):
            def apply(*given):
                return join(axis)(*[(x > 0).int() if dtype == "bool" else x for x in given])

            return apply

        simple(f"concat.axis0_{dtype}", lambda r: operands(r, (2, 3), (1, 3)), joined(0))
        simple(f"concat.three_{dtype}", lambda r: operands(r, (2, 1), (2, 3), (2, 2)), joined(1))
    simple("concat.middle", lambda r: {"a": r.floats(2, 1, 3), "b": r.floats(2, 2, 3)}, join(1))
    simple("concat.one_operand", lambda r: {"a": r.floats(2, 3)}, join(0))
    several(
        "concat.symbolic", lambda r, n: {"a": r.floats(n, 3), "b": r.floats(2, 3)}, join(0), [2, 0, 4]
    )
    several(
        "concat.other_axis",
        lambda r, n: {"a": r.floats(n, 1), "b": r.floats(n, 2)},
        join(1),
        [2, 0, 4],
    )


def padding():
    for key, (before, after) in {"before": (2, 0), "after": (0, 3), "both": (1, 2), "none": (0, 0)}.items():
        simple(f"pad.{key}", lambda r: {"x": r.floats(2, 3, 2)}, lambda x: F.pad(x, (0, 0, before, after)))
    simple("pad.float32", lambda r: {"x": r.floats(2, 3)}, lambda x: F.pad(x, (1, 1)))
    several(
        "pad.symbolic",
        lambda r, n: {"x": r.floats(n, 2)},
        lambda x: F.pad(x, (0, 0, 1, 2)),
        [3, 0, 1],
    )


def iota():
    for dtype in ["float", "float32", "int", "bool"]:
        simple(
            f"iota.{dtype}",
            typed(dtype, 3, 4),
            lambda x: torch.arange(4, dtype=torch.int32),
        )
    several(
        "iota.symbolic",
        lambda r, n: {"x": r.floats(n, 2)},
        lambda x: torch.arange(x.shape[0], dtype=torch.int32),
        [3, 0, 6],
    )


def constants():
    case = BOOK.case("constant.literals")
    case.run(
        {},
        {
            "scalar": torch.tensor(0.1),
            "scalar32": torch.tensor(-FLT_MAX),
            "integer": torch.tensor(-7, dtype=torch.int32),
            "table": torch.tensor([[0.1, -0.2, 0.3], [1e-6, 1e6, 0.0]]),
            "integers": torch.tensor([16777217, -2147483648, 2147483647, 0], dtype=torch.int32),
        },
    )
    several(
        "constant.in_arithmetic",
        lambda r, n: {"x": r.floats(n, 3)},
        lambda x: (x + 0.1) * torch.tensor([0.5, -1.5, 0.25]),
        [2, 0, 1],
    )


def graphs():
    case = BOOK.case("graph.shared_values")
    x = case.random.floats(2, 3)
    unused = case.random.ints(2)
    case.run({"x": x, "unused": unused}, {"same": x, "sum": x + x, "again": x + x})
    case = BOOK.case("graph.weight_is_output")
    w = case.weight("w", case.random.floats(2, 3), "BF16")
    case.run({}, {"w": w, "plus_one": w + 1})


def indexing():
    for stored in STORED:
        case = BOOK.case(f"gather.table_{stored.lower()}")
        table = case.weight("table.weight", case.random.floats(6, 5) / 3, stored)
        for sizes in [(4,), (0,), (1,)]:
            indices = case.random.ints(*sizes, low=0, high=6)
            case.run({"indices": indices}, {"y": table[indices.long()]})
    case = BOOK.case("gather.table_of_sequences")
    table = case.weight("table.weight", case.random.floats(6, 5), "F32")
    for sizes in [(2, 3), (1, 1), (2, 0)]:
        indices = case.random.ints(*sizes, low=0, high=6)
        case.run({"indices": indices}, {"y": table[indices.long()]})

    def pick(axis):
        def apply(x, indices):
            flat = torch.index_select(x, axis, indices.reshape(-1).long())
            return flat.reshape(x.shape[:axis] + indices.shape + x.shape[axis + 1 :])

        return apply

    for axis in range(3):
        simple(
            f"gather.axis{axis}",
            lambda r: {"x": r.floats(3, 4, 5), "indices": r.ints(2, 2, low=0, high=3)},
            pick(axis),
        )
        simple(
            f"gather.axis{axis}_scalar_index",
            lambda r: {"x": r.floats(3, 4, 5), "indices": r.ints(low=0, high=3)},
            pick(axis),
        )
    for dtype in ["float32", "int", "bool"]:
        make = lambda r: r.floats if dtype.startswith("float") else r.ints
        simple(
            f"gather.{dtype}",
            lambda r: {"x": make(r)(3, 4), "indices": r.ints(5, low=0, high=4)},
            lambda x, indices: pick(1)((x > 0).int() if dtype == "bool" else x, indices),
        )
    several(
        "gather.symbolic",
        lambda r, n: {"x": r.floats(n, 3), "indices": r.ints(4, low=0, high=n)},
        pick(0),
        [2, 5],
    )

    def scatter(x, rows, updates):
        y = x.clone()
        y[rows.long()] = updates
        return y

    for dtype in ["float", "float32", "int"]:
        make = lambda r: r.floats if dtype.startswith("float") else r.ints
        simple(
            f"scatter_rows.{dtype}",
            lambda r: {
                "x": make(r)(5, 3),
                "rows": torch.tensor([3, 0, 4], dtype=torch.int32),
                "updates": make(r)(3, 3),
            },
            scatter,
        )
    orders = [[1, 2], [], [4, 3, 2, 1, 0], [4]]
    several(
        "scatter_rows.symbolic",
        lambda r, rows: {
            "x": r.floats(5, 2, 2),
            "rows": torch.tensor(rows, dtype=torch.int32),
            "updates": r.floats(len(rows), 2, 2),
        },
        scatter,
        orders,
    )
    several(
        "scatter_rows.vector",
        lambda r, rows: {
            "x": r.floats(5),
            "rows": torch.tensor(rows, dtype=torch.int32),
            "updates": r.floats(len(rows)),
        },
        scatter,
        orders,
    )


def linear():
    for stored in STORED:
        for biased in [False, True]:
            case = BOOK.case(f"linear.{stored.lower()}{'_bias' if biased else ''}")
            weight = case.weight("m.weight", case.random.floats(5, 6) / 3, stored)
            bias = case.weight("m.bias", case.random.floats(5) / 3, stored) if biased else None
            for n in [2, 0, 1, 7]:
                x = case.random.floats(n, 6)
                case.run({"x": x}, {"y": F.linear(x, weight, bias)})
    for key, shape in {"rank1": (6,), "rank3": (2, 3, 6), "rank4": (2, 1, 3, 6)}.items():
        case = BOOK.case(f"linear.{key}")
        weight = case.weight("m.weight", case.random.floats(4, 6))
        bias = case.weight("m.bias", case.random.floats(4))
        x = case.random.floats(*shape)
        case.run({"x": x}, {"y": F.linear(x, weight, bias)})
    case = BOOK.case("linear.long")
    weight = case.weight("m.weight", case.random.floats(3, 512), "BF16")
    x = case.random.floats(2, 512)
    case.run({"x": x}, {"y": F.linear(x, weight)})
    case = BOOK.case("linear.one_by_one")
    weight = case.weight("m.weight", case.random.floats(1, 1))
    x = case.random.floats(3, 1)
    case.run({"x": x}, {"y": F.linear(x, weight)})
    simple(
        "linear.computed_weight",
        lambda r: {"x": r.floats(2, 4), "w": r.floats(3, 4), "b": r.floats(3)},
        lambda x, w, b: F.linear(x, w * 2, b),
    )
    case = BOOK.case("linear.float32")
    weight = case.weight("m.weight", case.random.floats(3, 4), "BF16")
    x = case.random.floats(2, 4)
    case.run({"x": x}, {"y": F.linear(x, weight)})
    for stored in ["F32", "BF16"]:
        case = BOOK.case(f"linear.tied_to_table_{stored.lower()}")
        table = case.weight("table.weight", case.random.floats(7, 4), stored)
        for n in [3, 1]:
            ids = case.random.ints(n, low=0, high=7)
            case.run({"ids": ids}, {"y": F.linear(table[ids.long()], table)})
        case = BOOK.case(f"linear.reshaped_weight_{stored.lower()}")
        weight = case.weight("proj.weight", case.random.floats(5, 2, 1, 2, 2), stored)
        for n in [3, 0]:
            x = case.random.floats(n, 8)
            case.run({"x": x}, {"y": F.linear(x, weight.reshape(5, 8))})
        case = BOOK.case(f"linear.sliced_weight_{stored.lower()}")
        weight = case.weight("qkv.weight", case.random.floats(6, 4), stored)
        x = case.random.floats(2, 4)
        case.run({"x": x}, {"y": F.linear(x, weight[2:4])})


def matmul():
    shapes = {
        "matrix": ((3, 4), (4, 2)),
        "batch": ((2, 3, 4), (2, 4, 5)),
        "heads": ((2, 2, 3, 4), (2, 2, 4, 3)),
        "broadcast": ((2, 1, 3, 4), (5, 4, 2)),
        "groups": ((2, 2, 3, 1, 4), (2, 2, 1, 4, 6)),
        "shared_right": ((2, 3, 4), (4, 2)),
        "shared_left": ((3, 4), (2, 4, 2)),
        "row": ((1, 4), (4, 1)),
    }
    for key, (a, b) in shapes.items():
        simple(f"matmul.{key}", lambda r: {"a": r.floats(*a), "b": r.floats(*b)}, torch.matmul)
        simple(
            f"matmul.{key}_transposed",
            lambda r: {"a": r.floats(*a), "b": r.floats(*b).transpose(-1, -2).contiguous()},
            lambda a, b: a @ b.transpose(-1, -2),
        )
    simple("matmul.float32", lambda r: {"a": r.floats(2, 3), "b": r.floats(3, 2)}, torch.matmul)
    several(
        "matmul.symbolic_sum",
        lambda r, n: {"a": r.floats(2, 3, n), "b": r.floats(2, n, 4)},
        torch.matmul,
        [3, 1, 0],
    )
    several(
        "matmul.symbolic_rows",
        lambda r, n: {"a": r.floats(2, n, 3), "b": r.floats(2, n, 3)},
        lambda a, b: a @ b.transpose(-1, -2),
        [3, 1, 0],
    )


def conv2d():
    for name, x, w, stride, padding, groups in [
        ("same", (2, 3, 5, 6), (4, 3, 3, 3), 1, 1, 1),
        ("stride2", (1, 2, 7, 6), (3, 2, 3, 3), 2, 1, 1),
        ("valid", (1, 2, 5, 5), (3, 2, 2, 3), 1, 0, 1),
        ("wide_padding", (1, 1, 3, 3), (2, 1, 3, 3), 3, 2, 1),
        ("pointwise", (1, 4, 3, 2), (5, 4, 1, 1), 1, 0, 1),
        ("whole", (2, 3, 4, 4), (5, 3, 4, 4), 1, 0, 1),
        ("groups", (1, 4, 5, 5), (6, 2, 3, 3), 1, 1, 2),
        ("depthwise", (2, 4, 5, 5), (4, 1, 3, 3), 1, 1, 4),
        ("depthwise_stride2", (1, 4, 6, 6), (4, 1, 7, 7), 2, 3, 4),
        ("remainder", (1, 1, 8, 9), (1, 1, 3, 3), 4, 0, 1),
    ]:
        for biased in [False, True]:
            case = BOOK.case(f"conv2d.{name}{'_bias' if biased else ''}")
            weight = case.weight("c.weight", case.random.floats(*w))
            bias = case.weight("c.bias", case.random.floats(w[0])) if biased else None
            image = case.random.floats(*x)
            case.run({"x": image}, {"y": F.conv2d(image, weight, bias, stride, padding, 1, groups)})
    for stored in STORED:
        case = BOOK.case(f"conv2d.patches_{stored.lower()}")
        weight = case.weight("c.weight", case.random.floats(8, 3, 4, 4) / 3, stored)
        bias = case.weight("c.bias", case.random.floats(8) / 3, stored)
        for n in [2, 0, 1]:
            x = case.random.floats(n, 3, 8, 12)
            case.run({"x": x}, {"y": F.conv2d(x, weight, bias, 4)})
    simple(
        "conv2d.float32",
        lambda r: {"x": r.floats(1, 2, 4, 4), "w": r.floats(3, 2, 3, 3)},
        lambda x, w: F.conv2d(x, w, padding=1),
    )


def caches():
    case = BOOK.case("cache.steps")
    key = torch.zeros(2, 2, 0, 3)
    value = torch.zeros(2, 2, 0, 5)

    def append(new):
        nonlocal key, value
        k = case.random.floats(2, new, 2, 3)
        v = case.random.floats(2, new, 2, 5)
        past = torch.full((2,), key.shape[2], dtype=torch.int32)
        key = torch.cat([key, k.permute(0, 2, 1, 3)], 2)
        value = torch.cat([value, v.permute(0, 2, 1, 3)], 2)
        case.run({"k": k, "v": v}, {"keys": key, "values": value, "past": past})

    append(3)
    append(1)
    append(0)
    case.reorder([1, 0])
    key, value = key[[1, 0]], value[[1, 0]]
    append(2)
    case.reorder([1, 1])
    key, value = key[[1, 1]], value[[1, 1]]
    append(1)

    case = BOOK.case("cache.truncate")
    parts = torch.zeros(1, 2, 0, 3)
    for new, kept in [(4, 2), (1, 3), (2, 0), (3, 1), (1, 2)]:
        x = case.random.floats(1, new, 2, 3)
        past = torch.tensor([parts.shape[2]], dtype=torch.int32)
        parts = torch.cat([parts, x.permute(0, 2, 1, 3)], 2)
        case.run({"x": x}, {"y": parts, "past": past})
        case.truncate("self", kept)
        parts = parts[:, :, :kept]

    case = BOOK.case("cache.two_groups")
    parts = {"self": torch.zeros(1, 1, 0, 2), "cross": torch.zeros(1, 1, 0, 2)}
    for new, encoded in [(2, 3), (1, 0), (1, 0)]:
        given = {"x": case.random.floats(1, new, 1, 2), "e": case.random.floats(1, encoded, 1, 2)}
        past = {
            "past_self": torch.tensor([parts["self"].shape[2]], dtype=torch.int32),
            "past_cross": torch.tensor([parts["cross"].shape[2]], dtype=torch.int32),
        }
        parts["self"] = torch.cat([parts["self"], given["x"].permute(0, 2, 1, 3)], 2)
        parts["cross"] = torch.cat([parts["cross"], given["e"].permute(0, 2, 1, 3)], 2)
        case.run(given, {"self": parts["self"], "cross": parts["cross"], **past})


if __name__ == "__main__":
    torch.set_num_threads(1)
    for family in [unary, binary, compare, logic, select, cast, reductions, shapes, concat]:
        family()
    for family in [padding, iota, constants, graphs, indexing, linear, matmul, conv2d, caches]:
        family()
    BOOK.write(sys.argv[1], "operator_goldens.py")
