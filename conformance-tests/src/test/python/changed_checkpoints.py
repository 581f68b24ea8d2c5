"""Settings that no published checkpoint has: every one that a processor reads takes other values, in one file at a time.

Each checkpoint's cases replace its files; "refused" marks those that the reference does not accept.
"""

import json

PHOTO = {"type": "image", "image": "drawn 150x100"}
TALL = {"type": "image", "image": "drawn 41x130"}
CHARTS = [{"type": "image", "image": "drawn 60x90"}, {"type": "image", "image": "drawn 200x70"}]
EQUAL = [{"type": "image", "image": "drawn 60x90"}, {"type": "image", "image": "drawn 90x41"}]
FILTERS = {"nearest": 0, "Lanczos": 1, "bilinear": 2, "bicubic": 3}
PILLOW_FILTERS = {"box": 4, "Hamming": 5}
# What every processor reads.
COMMON = {
    **{f"filter {name}": {"resample": code} for name, code in FILTERS.items()},
    "not resized": {"do_resize": False},
    "not rescaled": {"do_rescale": False},
    "not normalised": {"do_normalize": False},
    "neither rescaled nor normalised": {"do_rescale": False, "do_normalize": False},
    "other mean and deviation": {"image_mean": [0.1, 0.45, 0.9], "image_std": [0.3, 0.71, 1.9]},
    "other factor": {"rescale_factor": 0.00784313725490196},
    "other factor, not normalised": {"rescale_factor": 0.0123, "do_normalize": False},
    "switches that are null": {"do_rescale": None, "do_normalize": None},
}


IDEFICS2 = {
    **COMMON,
    "fixed size": {"size": {"height": 50, "width": 30}},
    "size as a list": {"size": [30, 50]},
    "size of one bound": {"size": {"shortest_edge": 40}, "refused": "yes"},
    "size as a number": {"size": 40, "refused": "yes"},
    "not padded": {"do_pad": False},
    "not padded, two shapes": {"do_pad": False, "pictures": CHARTS, "refused": "yes"},
    "padded": {"pictures": CHARTS},
    "padded, not resized": {"do_resize": False, "pictures": CHARTS},
    "split": {"do_image_splitting": True, "resample": 3, "pictures": [TALL]},
    "split, not resized": {"do_image_splitting": True, "do_resize": False, "pictures": [TALL]},
    "other number of tokens": {"processor": {"image_seq_len": 7}},
    "size of one bound, not resized": {"size": {"shortest_edge": 40}, "do_resize": False},
    "cropped to a size that nobody gives": {"do_center_crop": True, "refused": "yes"},
    "an unused size with other keys": {"pad_size": {"height": 20}, "refused": "yes"},
    "size of the other bound, not resized": {"size": {"longest_edge": 40}, "do_resize": False, "pictures": CHARTS},
}
NEXT = {
    **COMMON,
    "tall": {"pictures": [TALL]},
    "several": {"pictures": CHARTS},
    "other grids": {"image_grid_pinpoints": [[56, 224], [168, 56], [112, 168]]},
    "grids that are no multiples": {"image_grid_pinpoints": [[60, 100], [112, 130]], "pictures": [PHOTO, TALL]},
    "smaller tiles": {"crop_size": {"height": 42, "width": 42}},
    "crop that is not square": {"crop_size": {"height": 56, "width": 28}},
    "crop larger than the size": {"size": {"shortest_edge": 40}, "crop_size": {"height": 56, "width": 56}},
    "size that is not square": {"size": {"height": 56, "width": 28}},
    "size as a number": {"size": 28},
    "size of two bounds": {"size": {"shortest_edge": 28, "longest_edge": 56}},
    "not cropped": {"do_center_crop": False},
    "not cropped, grids that are no multiples": {
        "do_center_crop": False,
        "image_grid_pinpoints": [[60, 100], [112, 130]],
        "refused": "yes",
    },
    "not cropped, size that is not square": {"do_center_crop": False, "size": {"height": 56, "width": 84}},
    "neither resized nor cropped": {"do_resize": False, "do_center_crop": False},
    "crop without a size": {"crop_size": "left out", "do_center_crop": False},
    "not padded": {"do_pad": False},
    "not padded, other numbers of tiles": {
        "do_pad": False,
        "image_grid_pinpoints": [[56, 56], [56, 168]],
        "pictures": [TALL, {"type": "image", "image": "drawn 300x90"}],
    },
    "size inside of bounds": {"size": {"max_height": 56, "max_width": 56}, "refused": "yes"},
    "crop that is null": {"crop_size": None, "refused": "yes"},
    "crop that is null, not cropped": {"crop_size": None, "do_center_crop": False},
    "unused crop with other keys": {"crop_size": {"height": 56}, "do_center_crop": False, "refused": "yes"},
    "grids that are null": {"image_grid_pinpoints": None, "refused": "yes"},
    "one number for all channels": {"image_mean": 0.5, "image_std": 0.25},
    "all positions": {"processor": {"vision_feature_select_strategy": "full"}},
    "other patches": {"processor": {"patch_size": 8, "num_additional_image_tokens": 3}},
}
ONEVISION_SIZES = {
    "inside of bounds": {"size": {"max_height": 84, "max_width": 84}},
    "inside of a wide bound": {"size": {"max_height": 84, "max_width": 300}},
    "inside of a tall bound, cropped": {
        "size": {"max_height": 300, "max_width": 90},
        "do_center_crop": True,
        "crop_size": {"height": 84, "width": 60},
    },
    "size that is not square": {"size": {"height": 84, "width": 42}},
    "two bounds": {"size": {"shortest_edge": 84, "longest_edge": 98}},
    "longer side": {"size": {"longest_edge": 84}, "refused": "yes"},
    "cropped, not resized": {"do_resize": False, "do_center_crop": True, "crop_size": {"height": 56, "width": 70}},
}
ONEVISION = {
    **COMMON,
    "tall": {"pictures": [TALL]},
    "several": {"pictures": CHARTS},
    "several, other mean": {"pictures": CHARTS, "image_mean": [0.2, 0.4, 0.8]},
    "several, not resized": {"pictures": CHARTS, "do_resize": False, "refused": "yes"},
    "other grids": {"image_grid_pinpoints": [[84, 252], [168, 84], [252, 168]]},
    "grids that are no multiples": {"image_grid_pinpoints": [[90, 200], [168, 100]]},
    "size that is not square": {"size": {"height": 84, "width": 42}},
    "shorter side": {"size": {"shortest_edge": 84}},
    "cropped": {"do_center_crop": True, "crop_size": {"height": 56, "width": 70}},
    "few tiles": {"processor": {"vision_aspect_ratio": "anyres_max_1"}},
    "two tiles": {"processor": {"vision_aspect_ratio": "anyres_max_2"}, "pictures": [TALL]},
    "one position less": {"processor": {"vision_feature_select_strategy": "default"}},
    "other number of tokens": {"processor": {"num_image_tokens": 49}},
    **{f"several, {name}": {**change, "pictures": CHARTS} for name, change in ONEVISION_SIZES.items()},
    "several of one longer side, not resized": {"pictures": EQUAL, "do_resize": False},
    "several of one longer side, size of the longer side, not resized": {
        "pictures": EQUAL,
        "size": {"longest_edge": 84},
        "do_resize": False,
    },
    "several, inside of bounds that round differently": {
        "pictures": [{"type": "image", "image": f"drawn {side}x20"} for side in (79, 84)],
        "size": {"max_height": 84, "max_width": 84},
        "refused": "yes",
    },
    "cropped to a size that nobody gives": {"do_center_crop": True, "refused": "yes"},
    "one number for all channels": {"image_mean": 0.5, "image_std": 0.25},
    "several, one number for all channels": {"image_mean": 0.5, "pictures": CHARTS, "refused": "yes"},
    "inside of bounds": {"size": {"max_height": 84, "max_width": 84}, "refused": "yes"},
    "inside of bounds, crop": {
        "size": {"max_height": 84, "max_width": 84},
        "crop_size": {"height": 84, "width": 84},
        "refused": "yes",
    },
}
BLIP = {
    **COMMON,
    "size that is not square": {"size": {"height": 31, "width": 57}},
    "size as a number": {"size": 33},
    "size as a list": {"size": [20, 50]},
    "shorter side": {"size": {"shortest_edge": 33}},
    "two bounds": {"size": {"shortest_edge": 33, "longest_edge": 40}},
    "inside of bounds": {"size": {"max_height": 50, "max_width": 60}},
    "longer side": {"size": {"longest_edge": 50}, "refused": "yes"},
    "cropped": {"do_center_crop": True, "crop_size": {"height": 21, "width": 50}},
    "cropped, a number": {"do_center_crop": True, "crop_size": 24},
    "padded": {"do_pad": True, "pad_size": {"height": 60, "width": 45}},
    "padded, not resized": {"do_resize": False, "do_pad": True, "pad_size": {"height": 140, "width": 150}},
    "other number of queries": {"processor": {"num_query_tokens": 5}},
}


def cases(base, changes, processor, backend):
    """Returns one case for each change of BASE, a preprocessor_config.json; PROCESSOR is a processor_config.json."""
    further = PILLOW_FILTERS if backend == "pil" else {}
    changes = {**changes, **{f"filter {name}": {"resample": code} for name, code in further.items()}}
    return [case(name, base, dict(change), processor) for name, change in changes.items()]


def case(name, base, change, processor):
    refused = {"refused": "yes"} if change.pop("refused", None) else {}
    pictures = change.pop("pictures", [PHOTO])
    written = {"processor_config.json": json.dumps(processor | change.pop("processor", {}))}
    file = {key: value for key, value in (base | change).items() if value != "left out"}
    written["preprocessor_config.json"] = json.dumps(file)
    content = [*pictures, {"type": "text", "text": "What is it?"}]
    return {"name": name, "written": written, "messages": [{"role": "user", "content": content}], **refused}


def changed(checkpoint, settings, base, changes, processor):
    """Returns a checkpoint twice, for both sets of image processors, with other settings in each case."""
    for backend in (None, "pil"):
        made = {
            **checkpoint,
            "name": checkpoint["name"] + "-changed" + (f"-{backend}" if backend else ""),
            "checkpoint": settings + (f", image backend {backend}" if backend else ""),
            "settings": "changed in every case, small pictures",
            "cases": cases(base, changes, processor, backend),
        }
        yield made | ({"image_backend": backend} if backend else {})


def checkpoints(idefics2, preprocessor, tiles):
    """Returns all; the arguments are Idefics2's checkpoint and file, and the module of the others' checkpoints."""
    small = {
        "size": {"shortest_edge": 56},
        "crop_size": {"height": 56, "width": 56},
        "image_grid_pinpoints": [[56, 112], [112, 56], [112, 112]],
    }
    square = {
        "size": {"height": 84, "width": 84},
        "image_grid_pinpoints": [[84 * high, 84 * wide] for high in range(1, 4) for wide in range(1, 4)],
    }
    blip = {**tiles.COMMON, **tiles.CLIP, "image_processor_type": "BlipImageProcessor", "size": {"height": 40, "width": 40}}
    bounds = {"size": {"shortest_edge": 40, "longest_edge": 98}}
    return [
        *changed(idefics2, "Idefics2, changed files", preprocessor | bounds, IDEFICS2, {"image_seq_len": 3}),
        *changed(
            tiles.llava_next("llava-next", "", False, []),
            "LLaVA-NeXT, changed files",
            tiles.NEXT | small,
            NEXT,
            tiles.NEXT_PROCESSOR,
        ),
        *changed(
            tiles.onevision("llava-onevision", "", tiles.ONEVISION, tiles.ONEVISION_PROCESSOR, []),
            "LLaVA-OneVision, changed files",
            tiles.ONEVISION | square,
            ONEVISION,
            tiles.ONEVISION_PROCESSOR | {"num_image_tokens": 36},
        ),
        *changed(
            tiles.blip2("blip2", "", tiles.QUERIES, []), "BLIP-2, changed files", blip, BLIP, {"num_query_tokens": 3}
        ),
    ]


PIXELS = {
    "bounds in the size": {"size": {"min_pixels": 3136, "max_pixels": 50176}, "refused": "yes"},
    "bounds in the size and beside it": {
        "size": {"min_pixels": 1, "max_pixels": 2},
        "min_pixels": 6272,
        "max_pixels": 9408,
    },
    "one bound beside the size": {"size": {"min_pixels": 1, "max_pixels": 2}, "min_pixels": 6272, "refused": "yes"},
    "edges": {"size": {"shortest_edge": 6272, "longest_edge": 9408}},
    "edges, one bound beside them": {"size": {"shortest_edge": 1, "longest_edge": 9408}, "min_pixels": 6272},
    "edges and bounds": {
        "size": {"shortest_edge": 784, "longest_edge": 9408, "min_pixels": 1, "max_pixels": 2},
        "refused": "yes",
    },
    "one edge": {"size": {"longest_edge": 9408}, "refused": "yes"},
    "one edge, the other bound beside it": {"size": {"longest_edge": 9408}, "min_pixels": 784},
    "sides": {"size": {"height": 56, "width": 56}, "refused": "yes"},
    "a number": {"size": 3136, "refused": "yes"},
    "a number and a bound beside it": {"size": 3136, "max_pixels": 9408, "refused": "yes"},
    "other keys and both bounds beside them": {"size": {"side": 5}, "min_pixels": 784, "max_pixels": 9408, "refused": "yes"},
    "one side and both bounds beside it": {"size": {"height": 5}, "min_pixels": 784, "max_pixels": 9408, "refused": "yes"},
    "one edge and the other bound beside it": {"size": {"shortest_edge": 784}, "max_pixels": 9408},
    "cropped to a size that nobody gives": {"do_center_crop": True, "refused": "yes"},
}


def qwen(checkpoints):
    """Returns the three generations of Qwen-VL, whose image processor is the same class, with other bounds of pixels."""
    for each in checkpoints:
        patch = 16 if each["processor"] == "Qwen3VLProcessor" else 14
        file = {"image_processor_type": "Qwen2VLImageProcessor", "patch_size": patch}
        first, _ = changed(each, each["checkpoint"] + ", other bounds", file, PIXELS, {})
        yield first
