"""The checkpoints whose processors are recorded, how their folders are put together, and the cases.

"folder" names the folder with a checkpoint's own files; "files" takes others from elsewhere (None leaves one out), "written"
states what no copy of was found. "keep_tokens" and "tokens" change the added tokens of tokenizer.json.
"""

import json

import changed_checkpoints
import tiles_and_queries_checkpoints

FILES = [
    "config.json",
    "preprocessor_config.json",
    "processor_config.json",
    "chat_template.json",
    "chat_template.jinja",
    "tokenizer_config.json",
    "tokenizer.json",
]
REAL = "its own files"


def image(name, **settings):
    return {"type": "image", "image": name, **settings}


def drawn(width, height, **settings):
    return image(f"drawn {width}x{height}", **settings)


def turn(role, *parts):
    return {
        "role": role,
        "content": [p if isinstance(p, dict) else {"type": "text", "text": p} for p in parts],
    }


def user(*parts):
    return turn("user", *parts)


def assistant(*parts):
    return turn("assistant", *parts)


def case(name, *messages, **more):
    return {"name": name, "messages": list(messages), **more}


TEXT_ONLY = case("text only", user("How many colours has a rainbow? Name 3."))
SYSTEM = case(
    "system text",
    turn("system", "Answer in one word."),
    user(image("page.png"), "Which language is this?"),
)
PICTURES = [
    case("photo", user(image("astronaut.png"), "Who is in this picture?")),
    case("photo, JPEG", user(image("rocket.jpg"), "What flies here?")),
    case("photo, to be rotated", user(image("hopper_exif_orientation_6.jpg"), "Which way is up?")),
    case("document", user(image("page.png"), "Read the first line.")),
    case("transparent chart", user(image("bar_chart.png"), "Which bar is the highest?")),
    case("gray photo", user(image("camera.png"), "What does he hold?")),
    case("wide text", user(image("wide_text_750x30.png"), "Read it.")),
    case("tall strip", user(image("tall_40x512.png"), "What is at the bottom?")),
    case("one pixel", user(image("gray_1x1.png"), "Which gray is this?")),
    case("drawn 2 x 3", user(drawn(2, 3), "How many colours?")),
    case("drawn 640 x 480", user(drawn(640, 480), "Describe the noise.")),
    case("drawn 333 x 777", user(drawn(333, 777), "Describe the noise.")),
    case("drawn 1600 x 16", user(drawn(1600, 16), "How long is it?")),
    case("drawn 16 x 1600", user(drawn(16, 1600), "How high is it?")),
    case("drawn 4000 x 40", user(drawn(4000, 40), "How long is it?")),
    case("drawn 4000 x 3000", user(drawn(4000, 3000), "Is it sharp?")),
]
SEVERAL = [
    case(
        "pictures between texts",
        user("First ", image("chelsea.png"), "then", drawn(300, 500), "\nWhich is a cat?"),
    ),
    case(
        "adjacent pictures, text first",
        user("Compare: ", drawn(200, 100), drawn(100, 200), drawn(150, 150)),
    ),
    case(
        "text of many scripts",
        user("Zwei Zeilen:\n\t— déjà vu, 中文字, naı̈ve 🙂🏳️‍🌈 ", drawn(90, 30), "  ¿1 234,5 % «ok»?\r\n\n "),
    ),
    case(
        "pictures in two turns",
        user(image("chelsea.png"), "What is this?"),
        assistant("A cat."),
        user("And here? ", drawn(700, 90), " Look."),
    ),
]
CHAT = [TEXT_ONLY, *PICTURES, *SEVERAL]


def only(cases, *names):
    """A few cases, where only the places of the settings are new."""
    assert set(names) <= {each["name"] for each in cases}, names
    return [each for each in cases if each["name"] in names]


def light(cases):
    """All but the largest picture, which costs most and shows the same for every family of sizes."""
    return [each for each in cases if each["name"] != "drawn 4000 x 3000"]


FEW = ("text only", "photo", "one pixel", "drawn 333 x 777", "pictures in two turns")
MORE = (
    *FEW,
    "drawn 2 x 3",
    "drawn 640 x 480",
    "drawn 1600 x 16",
    "drawn 16 x 1600",
    "adjacent pictures, text first",
)


def refused(cases, *names):
    """Marks cases that the reference refuses."""
    assert set(names) <= {each["name"] for each in cases}, names
    return [{**each, "refused": "yes"} if each["name"] in names else each for each in cases]


QWEN = [
    *CHAT,
    SYSTEM,
    case("too long for it", user(drawn(2010, 10), "How long is it?"), refused="yes"),
    case(
        "settings of one picture",
        user(drawn(640, 480, min_pixels=3136, max_pixels=50176), image("page.png"), "Which is larger?"),
    ),
    case(
        "bounds of all pictures",
        user(drawn(640, 480), drawn(20, 30), "Which is larger?"),
        options={"min_pixels": 50176, "max_pixels": 100352},
    ),
    case(
        "own size of a picture",
        user(drawn(640, 480, resized_height=280, resized_width=420), "How large is it?"),
    ),
]

# The settings that the conversion script of this model gives to the processor.
INTERLEAVE_TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n"
    "{% for part in message['content'] if part['type'] == 'image' %}<image>\n{% endfor %}"
    "{% for part in message['content'] if part['type'] == 'text' %}{{ part['text'] }}{% endfor %}"
    "<|im_end|>{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
SIGLIP = {
    "image_processor_type": "SiglipImageProcessor",
    "do_convert_rgb": None,
    "do_normalize": True,
    "do_rescale": True,
    "do_resize": True,
    "image_mean": [0.5, 0.5, 0.5],
    "image_std": [0.5, 0.5, 0.5],
    "resample": 3,
    "rescale_factor": 0.00392156862745098,
    "size": {"height": 384, "width": 384},
}
QWEN_TOKENIZER = "Qwen__Qwen2-VL-2B-Instruct-AWQ/tokenizer.json.gz"
QWEN_TOKENS = {
    "bos_token": None,
    "eos_token": "<|im_end|>",
    "pad_token": "<|endoftext|>",
    "unk_token": None,
    "clean_up_tokenization_spaces": False,
    "extra_special_tokens": {"image_token": "<image>"},
}

FLORENCE = [
    case("task", user(image("astronaut.png"), "<OD>")),
    case("task with places", user(image("page.png"), "<REGION_TO_CATEGORY><loc_52><loc_332><loc_932><loc_774>")),
    *PICTURES,
]


def pairs(*names):
    return [token for name in names for token in (f"<{name}>", f"</{name}>")]


FLORENCE_TOKENS = (
    pairs("od", "ocr")
    + [f"<loc_{i}>" for i in range(1000)]
    + pairs("cap", "ncap", "dcap", "grounding", "seg")
    + ["<sep>"]
    + pairs("region_cap", "region_to_desciption", "proposal", "poly")
    + ["<and>"]
)


def qwen(name, checkpoint, folder, kind, **more):
    return {
        "name": name,
        "checkpoint": checkpoint,
        "settings": REAL,
        "folder": folder,
        "processor": kind,
        "cases": QWEN,
        **more,
    }


def florence(name, checkpoint, folder, **more):
    return {
        "name": name,
        "checkpoint": checkpoint,
        "settings": REAL,
        "folder": folder,
        "kind": "florence_of_its_authors",
        "files": {"tokenizer.json": "microsoft__Florence-2-base/tokenizer.json"},
        "tokens": FLORENCE_TOKENS,
        "cases": FLORENCE,
        **more,
    }


PAN_AND_SCAN = {"do_pan_and_scan": True}
GEMMA = [
    *CHAT,
    SYSTEM,
    case("crops of a wide picture", user(drawn(1600, 500), "What is where?"), options=PAN_AND_SCAN),
    case("crops of a tall picture", user(drawn(421, 1111), "What is where?"), options=PAN_AND_SCAN),
    case("crops of different sizes", user(drawn(1030, 300), "What is where?"), options=PAN_AND_SCAN),
    case("most crops", user(drawn(4000, 400), "What is where?"), options=PAN_AND_SCAN),
    case("too square for crops", user(drawn(640, 560), "What is where?"), options=PAN_AND_SCAN),
    case("too small for crops", user(drawn(600, 255), "What is where?"), options=PAN_AND_SCAN),
    case(
        "some pictures with crops",
        user("Here: ", drawn(700, 300), " and ", image("page.png"), drawn(300, 800), "Compare."),
        options=PAN_AND_SCAN,
    ),
]

SMOLVLM = [*CHAT, SYSTEM]
# Like the template of SmolVLM-256M in what it writes, and in nothing else.
SMOLVLM_TEMPLATE = (
    "<|im_start|>{%- for m in messages %}{{ m.role | capitalize }}:"
    "{%- if m.content[0].type != 'image' %}{{ ' ' }}{%- endif %}"
    "{%- for c in m.content %}{{ '<image>' if c.type == 'image' else c.text }}{%- endfor %}"
    "{{ '<end_of_utterance>\n' }}{%- endfor %}{{ 'Assistant:' if add_generation_prompt }}"
)

IDEFICS2_TEMPLATE = (
    "{% for m in messages %}{{ m.role | capitalize }}:"
    "{{ '' if m.content[0].type == 'image' else ' ' }}"
    "{% for c in m.content %}{{ '<image>' if c.type == 'image' else c.text }}{% endfor %}"
    "<end_of_utterance>\n{% endfor %}{{ 'Assistant:' if add_generation_prompt }}"
)
IDEFICS2_CONFIG = {"model_type": "idefics2", "image_token_id": 32001}
IDEFICS2_PREPROCESSOR = {
    "image_processor_type": "Idefics2ImageProcessor",
    "do_convert_rgb": True,
    "do_image_splitting": False,
    "do_normalize": True,
    "do_pad": True,
    "do_rescale": True,
    "do_resize": True,
    "image_mean": [0.5, 0.5, 0.5],
    "image_std": [0.5, 0.5, 0.5],
    "resample": 2,
    "rescale_factor": 0.00392156862745098,
    "size": {"longest_edge": 980, "shortest_edge": 378},
}
IDEFICS2 = [
    *CHAT,
    SYSTEM,
    case("a word after a picture", user(drawn(60, 40), "what", drawn(40, 60), "<b>", drawn(9, 9), " and")),
]


def idefics2(name, note, splits, cases):
    """Its tokenizer is that of Mistral, which has other merges than Llama's that stands in here."""
    return {
        "name": name,
        "checkpoint": "HuggingFaceM4/idefics2-8b" + note,
        "settings": "written from the classes' defaults, tokenizer of LLaVA 1.5",
        "folder": "HuggingFaceM4__idefics2-8b",
        "processor": "Idefics2Processor",
        "files": {"tokenizer.json": "llava-hf__llava-1.5-7b-hf/tokenizer.json"},
        "written": {
            "config.json": json.dumps(IDEFICS2_CONFIG),
            "preprocessor_config.json": json.dumps(IDEFICS2_PREPROCESSOR | {"do_image_splitting": splits}),
            "processor_config.json": json.dumps({"processor_class": "Idefics2Processor", "image_seq_len": 64}),
            "tokenizer_config.json": json.dumps({"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>"}),
            "chat_template.jinja": IDEFICS2_TEMPLATE,
        },
        "keep_tokens": 3,
        "tokens": [],
        "cases": cases,
    }


CHECKPOINTS = [
    qwen(
        "qwen2-vl-2b",
        "Qwen/Qwen2-VL-2B-Instruct",
        "Qwen__Qwen2-VL-2B-Instruct",
        "Qwen2VLProcessor",
        files={"tokenizer.json": QWEN_TOKENIZER},
    ),
    qwen(
        "qwen2-vl-2b-awq",
        "Qwen/Qwen2-VL-2B-Instruct-AWQ",
        "Qwen__Qwen2-VL-2B-Instruct-AWQ",
        "Qwen2VLProcessor",
        settings=REAL + ", config.json of Qwen2-VL-2B",
        files={"config.json": "Qwen__Qwen2-VL-2B-Instruct/config.json"},
        cases=only(QWEN, *FEW),
    ),
    qwen(
        "qwen2.5-vl-3b",
        "Qwen/Qwen2.5-VL-3B-Instruct",
        "Qwen__Qwen2.5-VL-3B-Instruct",
        "Qwen2_5_VLProcessor",
        files={
            "tokenizer.json": "Qwen__Qwen2.5-VL-7B-Instruct/tokenizer.reconstructed.json.gz",
            "tokenizer_config.json": "Qwen__Qwen2.5-VL-7B-Instruct/tokenizer_config.json",
        },
        cases=only(QWEN, *MORE, "settings of one picture"),
    ),
    qwen(
        "qwen2.5-vl-7b",
        "Qwen/Qwen2.5-VL-7B-Instruct",
        "Qwen__Qwen2.5-VL-7B-Instruct",
        "Qwen2_5_VLProcessor",
        files={"tokenizer.json": "Qwen__Qwen2.5-VL-7B-Instruct/tokenizer.reconstructed.json.gz"},
        cases=only(QWEN, *FEW),
    ),
    qwen(
        "qwen3-vl-4b",
        "Qwen/Qwen3-VL-4B-Instruct",
        "Qwen__Qwen3-VL-4B-Instruct",
        "Qwen3VLProcessor",
        cases=light(QWEN),
    ),
    qwen(
        "qwen3-vl-saved-by-5",
        "Qwen/Qwen3-VL-8B-Instruct, saved by Transformers 5",
        "Qwen__Qwen3-VL-4B-Instruct",
        "Qwen3VLProcessor",
        files={
            "preprocessor_config.json": None,
            "chat_template.json": None,
            "processor_config.json": "_saved-by-transformers-5/qwen3-vl.processor_config.json",
            "chat_template.jinja": "_saved-by-transformers-5/qwen3-vl.chat_template.jinja",
            "tokenizer_config.json": "_saved-by-transformers-5/qwen3-vl.tokenizer_config.json",
        },
        cases=only(QWEN, *FEW),
    ),
    {
        "name": "llava-1.5-7b",
        "checkpoint": "llava-hf/llava-1.5-7b-hf",
        "settings": REAL,
        "folder": "llava-hf__llava-1.5-7b-hf",
        "processor": "LlavaProcessor",
        "cases": [*CHAT, SYSTEM],
    },
    {
        "name": "llava-1.5-7b-saved-by-5",
        "checkpoint": "llava-hf/llava-1.5-7b-hf, saved by Transformers 5",
        "settings": REAL,
        "folder": "llava-hf__llava-1.5-7b-hf",
        "processor": "LlavaProcessor",
        "files": {
            "preprocessor_config.json": None,
            "chat_template.json": None,
            "processor_config.json": "_saved-by-transformers-5/llava-1.5.processor_config.json",
            "chat_template.jinja": "_saved-by-transformers-5/llava-1.5.chat_template.jinja",
            "tokenizer_config.json": "_saved-by-transformers-5/llava-1.5.tokenizer_config.json",
        },
        "cases": only(CHAT, *FEW),
    },
    {
        "name": "llava-interleave-qwen-0.5b",
        "checkpoint": "llava-hf/llava-interleave-qwen-0.5b-hf",
        "settings": "written from its conversion script",
        "folder": "llava-hf__llava-interleave-qwen-0.5b-hf",
        "processor": "LlavaProcessor",
        "files": {
            "config.json": "llava-hf__llava-interleave-qwen-0.5b-hf/config.reconstructed.json",
            "tokenizer.json": QWEN_TOKENIZER,
        },
        "written": {
            "preprocessor_config.json": json.dumps(SIGLIP),
            "processor_config.json": json.dumps(
                {
                    "processor_class": "LlavaProcessor",
                    "patch_size": 14,
                    "vision_feature_select_strategy": "full",
                    "num_additional_image_tokens": 0,
                }
            ),
            "tokenizer_config.json": json.dumps(QWEN_TOKENS),
            "chat_template.jinja": INTERLEAVE_TEMPLATE,
        },
        "keep_tokens": 3,
        "tokens": ["<image>"],
        "cases": light([*CHAT, SYSTEM]),
    },
    florence(
        "florence-2-base",
        "microsoft/Florence-2-base",
        "microsoft__Florence-2-base",
        cases=light(FLORENCE),
    ),
    florence(
        "florence-2-large-ft",
        "microsoft/Florence-2-large-ft",
        "microsoft__Florence-2-large-ft",
        cases=only(FLORENCE, "task", "task with places", "photo", "one pixel"),
    ),
    {
        "name": "florence-community-2-base",
        "checkpoint": "florence-community/Florence-2-base",
        "settings": "written from its conversion script, tokenizer of its authors",
        "folder": "microsoft__Florence-2-base",
        "kind": "florence",
        "processor": "Florence2Processor",
        "files": {"preprocessor_config.json": None},
        "written": {
            "config.json": json.dumps({"model_type": "florence2", "image_token_id": 51289}),
            "processor_config.json": json.dumps(
                {
                    "processor_class": "Florence2Processor",
                    "image_processor": {
                        "image_processor_type": "CLIPImageProcessor",
                        "do_center_crop": False,
                        "image_mean": [0.485, 0.456, 0.406],
                        "image_seq_length": 577,
                        "image_std": [0.229, 0.224, 0.225],
                        "resample": 3,
                        "size": {"height": 768, "width": 768},
                    },
                }
            ),
            "tokenizer_config.json": json.dumps(
                {
                    "bos_token": "<s>",
                    "eos_token": "</s>",
                    "pad_token": "<pad>",
                    "unk_token": "<unk>",
                    "extra_special_tokens": {"image_token": "<image>"},
                }
            ),
        },
        "keep_tokens": 5,
        "tokens": [*FLORENCE_TOKENS, "<image>"],
        "cases": only([TEXT_ONLY, *FLORENCE], "text only", "task", "task with places", "photo", "one pixel"),
    },
    {
        "name": "gemma-3-4b",
        "checkpoint": "google/gemma-3-4b-it",
        "settings": REAL,
        "folder": "google__gemma-3-4b-it",
        "processor": "Gemma3Processor",
        "cases": GEMMA,
    },
    {
        "name": "medgemma-27b",
        "checkpoint": "google/medgemma-27b-it",
        "settings": "its own files, tokenizer of Gemma 3",
        "folder": "google__gemma-3-4b-it",
        "processor": "Gemma3Processor",
        "files": {
            "config.json": "google__medgemma-27b-it/config.json",
            "chat_template.jinja": "google__medgemma-27b-it/chat_template.jinja",
            "chat_template.json": None,
        },
        "cases": only(GEMMA, *FEW),
    },
    {
        "name": "smolvlm-256m",
        "checkpoint": "HuggingFaceTB/SmolVLM-256M-Instruct",
        "settings": REAL,
        "folder": "HuggingFaceTB__SmolVLM-256M-Instruct",
        "processor": "Idefics3Processor",
        "cases": SMOLVLM,
    },
    {
        "name": "smolvlm2-500m-video",
        "checkpoint": "HuggingFaceTB/SmolVLM2-500M-Video-Instruct",
        "settings": "its own files, tokenizer of SmolVLM-256M, template written",
        "folder": "HuggingFaceTB__SmolVLM2-500M-Video-Instruct",
        "processor": "SmolVLMProcessor",
        "files": {
            "tokenizer.json": "HuggingFaceTB__SmolVLM-256M-Instruct/tokenizer.json",
            "tokenizer_config.json": "HuggingFaceTB__SmolVLM-256M-Instruct/tokenizer_config.json",
        },
        "written": {"chat_template.jinja": SMOLVLM_TEMPLATE},
        "cases": only(SMOLVLM, *MORE),
    },
    idefics2("idefics2-8b", "", False, IDEFICS2),
    idefics2(
        "idefics2-8b-splitting",
        ", with splitting",
        True,
        refused(only(IDEFICS2, *MORE, "a word after a picture"), "one pixel"),
    ),
    {
        "name": "gemma3-defaults",
        "checkpoint": "Gemma 3, defaults of the classes",
        "settings": "nested in one file, almost all silent or null",
        "folder": "google__gemma-3-4b-it",
        "processor": "Gemma3Processor",
        "files": {"preprocessor_config.json": None},
        "written": {
            "processor_config.json": json.dumps(
                {
                    "processor_class": "Gemma3Processor",
                    "image_seq_length": 9,
                    "image_processor": {
                        "image_processor_type": "Gemma3ImageProcessor",
                        "do_convert_rgb": None,
                        "size": 100,
                        "do_pan_and_scan": True,
                        "pan_and_scan_min_crop_size": 20,
                    },
                }
            )
        },
        "cases": only(GEMMA, *FEW, "some pictures with crops"),
    },
    {
        "name": "idefics3-defaults",
        "checkpoint": "Idefics3, defaults of the classes",
        "settings": "nested in one file, almost all silent or null",
        "folder": "HuggingFaceTB__SmolVLM-256M-Instruct",
        "processor": "Idefics3Processor",
        "files": {"preprocessor_config.json": None},
        "written": {
            "processor_config.json": json.dumps(
                {
                    "processor_class": "Idefics3Processor",
                    "image_processor": {
                        "image_processor_type": "Idefics3ImageProcessor",
                        "do_pad": None,
                    },
                }
            )
        },
        "cases": only(SMOLVLM, *FEW),
    },
    {
        "name": "idefics3-unsplit",
        "checkpoint": "Idefics3, no tiles",
        "settings": "written: fixed size, no padding, other filter, no normalisation",
        "folder": "HuggingFaceTB__SmolVLM-256M-Instruct",
        "processor": "Idefics3Processor",
        "written": {
            "preprocessor_config.json": json.dumps(
                {
                    "image_processor_type": "Idefics3ImageProcessor",
                    "do_image_splitting": False,
                    "do_pad": False,
                    "do_normalize": False,
                    "resample": 3,
                    "size": [300, 200],
                    "max_image_size": {"longest_edge": 70},
                }
            )
        },
        "cases": only(SMOLVLM, *FEW),
    },
    {
        **idefics2("idefics2-defaults", "", False, only(IDEFICS2, *FEW)),
        "checkpoint": "Idefics2, defaults of the classes",
        "settings": "one file, almost all silent or null",
        "written": {
            **idefics2("", "", False, [])["written"],
            "preprocessor_config.json": json.dumps(
                {"image_processor_type": "Idefics2ImageProcessor", "do_convert_rgb": None}
            ),
            "processor_config.json": json.dumps({"processor_class": "Idefics2Processor"}),
        },
    },
]

CHECKPOINTS += tiles_and_queries_checkpoints.checkpoints(CHAT, only(CHAT, *FEW), PICTURES, user)


PIL_CASES = (
    "photo",
    "photo, to be rotated",
    "wide text",
    "one pixel",
    "drawn 2 x 3",
    "drawn 640 x 480",
    "drawn 1600 x 16",
    "drawn 16 x 1600",
    "adjacent pictures, text first",
    "settings of one picture",
    "some pictures with crops",
)


def pil(checkpoint):
    """The same with the image processors that need nothing but Pillow and NumPy."""
    return {
        **checkpoint,
        "name": checkpoint["name"] + "-pil",
        "checkpoint": checkpoint["checkpoint"] + ", image backend pil",
        "image_backend": "pil",
        "cases": [each for each in checkpoint["cases"] if each["name"] in PIL_CASES],
    }


PIL = (
    "qwen2-vl-2b",
    "qwen2.5-vl-3b",
    "qwen3-vl-4b",
    "llava-1.5-7b",
    "llava-interleave-qwen-0.5b",
    "florence-2-base",
    "gemma-3-4b",
    "smolvlm-256m",
    "idefics3-unsplit",
    "idefics2-8b",
    "idefics2-8b-splitting",
    "llava-v1.6-vicuna-7b",
    "llava-onevision-qwen2-0.5b",
    "llava-onevision-1.5-8b",
    "blip2-flan-t5-xl-queries",
    "blip2-opt-2.7b",
)
CHECKPOINTS += [pil(each) for each in CHECKPOINTS if each["name"] in PIL]
CHECKPOINTS += changed_checkpoints.checkpoints(
    idefics2("idefics2", "", False, []), IDEFICS2_PREPROCESSOR, tiles_and_queries_checkpoints
)
CHECKPOINTS += changed_checkpoints.qwen(
    [each for each in CHECKPOINTS if each["name"] in ("qwen2-vl-2b", "qwen2.5-vl-3b", "qwen3-vl-4b")]
)
