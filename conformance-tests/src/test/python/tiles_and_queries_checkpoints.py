"""Checkpoints of LLaVA-NeXT, LLaVA-OneVision, LLaVA-OneVision-1.5 and BLIP-2, in the form of processor_checkpoints.py, and how
the reference is called for those whose processors are called in another way."""

import json

from tokenizers.processors import TemplateProcessing

CLIP = {
    "image_mean": [0.48145466, 0.4578275, 0.40821073],
    "image_std": [0.26862954, 0.26130258, 0.27577711],
}
COMMON = {
    "do_convert_rgb": True,
    "do_normalize": True,
    "do_rescale": True,
    "do_resize": True,
    "resample": 3,
    "rescale_factor": 0.00392156862745098,
}
NEXT = {
    **COMMON,
    **CLIP,
    "image_processor_type": "LlavaNextImageProcessor",
    "crop_size": {"height": 336, "width": 336},
    "do_center_crop": True,
    "do_pad": True,
    "image_grid_pinpoints": [[336, 672], [672, 336], [672, 672], [1008, 336], [336, 1008]],
    "size": {"shortest_edge": 336},
}
NEXT_PROCESSOR = {
    "image_token": "<image>",
    "num_additional_image_tokens": 1,
    "patch_size": 14,
    "processor_class": "LlavaNextProcessor",
    "vision_feature_select_strategy": "default",
}
NEXT_CONFIG = {
    "model_type": "llava_next",
    "image_token_index": 32000,
    "text_config": {"model_type": "llama"},
    "vision_config": {"model_type": "clip_vision_model", "image_size": 336, "patch_size": 14},
}
ONEVISION = {
    **COMMON,
    "image_mean": [0.5, 0.5, 0.5],
    "image_std": [0.5, 0.5, 0.5],
    "image_processor_type": "LlavaOnevisionImageProcessor",
    "do_pad": True,
    "image_grid_pinpoints": [[384 * h, 384 * w] for h in range(1, 7) for w in range(1, 7)],
    "size": {"height": 384, "width": 384},
}
ONEVISION_PROCESSOR = {
    "image_token": "<image>",
    "num_image_tokens": 729,
    "processor_class": "LlavaOnevisionProcessor",
    "video_token": "<video>",
    "vision_feature_select_strategy": "full",
}
ONEVISION_TOKENS = {"eos_token": "<|im_end|>", "pad_token": "<|endoftext|>", "clean_up_tokenization_spaces": False}
PATCHES = {
    **COMMON,
    **CLIP,
    "image_processor_type": "Qwen2VLImageProcessor",
    "patch_size": 14,
    "temporal_patch_size": 1,
    "merge_size": 2,
    "min_pixels": 3136,
    "max_pixels": 3240000,
}
QUERIES = {"num_query_tokens": 32}


class Nested:
    """Chats give pictures as one list per conversation; LLaVA-OneVision counts them."""

    def inputs(self, messages, pictures, options):
        return super().inputs(messages, [pictures] if pictures else None, options)


class Blip2:
    """No chat template: the text of the one message is the prompt, and query tokens stand before it."""

    def __init__(self, folder, checkpoint):
        super().__init__(folder, checkpoint)
        config = json.loads((folder / "config.json").read_text())
        self.starts = config["text_config"]["model_type"] == "opt"
        if self.starts:
            # OPT has the vocabulary of the tokenizer that is given to it, and this frame.
            frame = TemplateProcessing(single="</s> $A", special_tokens=[("</s>", 2)])
            self.tokenizer.backend_tokenizer.post_processor = frame

    def inputs(self, messages, pictures, options):
        (message,) = messages
        text = "".join(part.get("text", "") for part in message["content"])
        tensors = self.processor(images=pictures or None, text=text, return_tensors="pt", **options)
        queries = self.processor.num_query_tokens if pictures else 0
        images = "<image>" * (queries or 0)
        return images + (f"</s>{text}" if self.starts else f"{text}</s>"), tensors


def kinds(reference):
    """Returns the ways to call the reference, on top of the usual one."""
    return {
        "nested": type("NestedReference", (Nested, reference), {}),
        "blip2": type("Blip2Reference", (Blip2, reference), {}),
    }


def checkpoints(chat, few, pictures, user):
    """Returns the checkpoints; the arguments are the cases of processor_checkpoints.py."""
    older = blip_cases(pictures, user)[:6]
    return [
        llava_next("llava-v1.6-vicuna-7b", "", False, chat),
        llava_next("llava-v1.6-vicuna-7b-saved-by-5", ", saved by Transformers 5", True, few),
        onevision("llava-onevision-qwen2-0.5b", "", ONEVISION, ONEVISION_PROCESSOR, chat),
        onevision(
            "llava-onevision-silent",
            ", silent files",
            {"image_processor_type": "LlavaOnevisionImageProcessor"},
            {"num_image_tokens": 729, "vision_aspect_ratio": "anyres_max_4"},
            few,
        ),
        onevision15(chat),
        blip2("blip2-flan-t5-xl", "Salesforce/blip2-flan-t5-xl, older processor", {}, older),
        blip2("blip2-flan-t5-xl-queries", "Salesforce/blip2-flan-t5-xl", QUERIES, blip_cases(pictures, user)),
        opt("blip2-opt-2.7b", "Salesforce/blip2-opt-2.7b", QUERIES, blip_cases(pictures, user)),
    ]


def llava_next(name, suffix, saved, cases):
    """Settings of the published files; tokenizer and template of LLaVA 1.5, which has the same decoder."""
    processor = {**NEXT_PROCESSOR, "image_processor": NEXT} if saved else NEXT_PROCESSOR
    files = {"preprocessor_config.json": None, "chat_template.json": None} if saved else {}
    written = {"config.json": NEXT_CONFIG, "processor_config.json": processor}
    if not saved:
        written["preprocessor_config.json"] = NEXT
    return {
        "name": name,
        "checkpoint": "llava-hf/llava-v1.6-vicuna-7b-hf" + suffix,
        "settings": "written; tokenizer and template of LLaVA 1.5",
        "folder": "llava-hf__llava-1.5-7b-hf",
        "processor": "LlavaNextProcessor",
        "files": files,
        "written": {file: json.dumps(content) for file, content in written.items()},
        "cases": cases,
    }


def onevision(name, suffix, image, processor, cases):
    return {
        "name": name,
        "checkpoint": "llava-hf/llava-onevision-qwen2-0.5b-ov-hf" + suffix,
        "settings": "written; config.json and template from its conversion script, tokenizer of Qwen2-VL",
        "folder": "llava-hf__llava-onevision-qwen2-0.5b-ov-hf",
        "processor": "LlavaOnevisionProcessor",
        "kind": "nested",
        "files": {
            "config.json": "llava-hf__llava-onevision-qwen2-0.5b-ov-hf/config.reconstructed.json",
            "chat_template.jinja": (
                "llava-hf__llava-onevision-qwen2-0.5b-ov-hf/chat_template.from-conversion-script.jinja"
            ),
            "tokenizer.json": "Qwen__Qwen2-VL-2B-Instruct-AWQ/tokenizer.json.gz",
        },
        "written": {
            "preprocessor_config.json": json.dumps(image),
            "processor_config.json": json.dumps(processor),
            "tokenizer_config.json": json.dumps(ONEVISION_TOKENS),
        },
        "keep_tokens": 3,
        "tokens": ["<image>", "<video>"],
        "cases": cases,
    }


def onevision15(cases):
    return {
        "name": "llava-onevision-1.5-8b",
        "checkpoint": "lmms-lab/LLaVA-OneVision-1.5-8B-Instruct",
        "settings": "assumed, no file was at hand; tokenizer and template of Qwen2.5-VL",
        "folder": "lmms-lab__LLaVA-OneVision-1.5",
        "processor": "Qwen2_5_VLProcessor",
        "files": {
            "tokenizer.json": "Qwen__Qwen2.5-VL-7B-Instruct/tokenizer.reconstructed.json.gz",
            "tokenizer_config.json": "Qwen__Qwen2.5-VL-7B-Instruct/tokenizer_config.json",
            "chat_template.json": "Qwen__Qwen2.5-VL-7B-Instruct/chat_template.json",
        },
        "written": {
            "config.json": json.dumps({"model_type": "llavaonevision1_5", "image_token_id": 151655}),
            "preprocessor_config.json": json.dumps(PATCHES),
        },
        "cases": cases,
    }


def blip_cases(pictures, user):
    photo = {"type": "image", "image": "astronaut.png"}
    texts = {
        "no text": "",
        "blanks": "  a  photo\n of\t ",
        "other scripts": "Füße 東京 🙂 ﬁ ① e\u0301?",
        "unknown characters": "a {b} <c> ~d~",
    }
    return [
        *({"name": name, "messages": [user(photo, text)]} for name, text in texts.items()),
        {"name": "text only", "messages": [user("Question: How many colours has a rainbow? Answer:")]},
        *pictures,
    ]


def blip2(name, checkpoint, processor, cases):
    written = {"processor_config.json": json.dumps(processor)} if processor else {}
    return {
        "name": name,
        "checkpoint": checkpoint,
        "settings": "its own files" + (", number of queries written" if processor else ""),
        "folder": "Salesforce__blip2-flan-t5-xl",
        "processor": "Blip2Processor",
        "kind": "blip2",
        "written": written,
        "cases": cases,
    }


def opt(name, checkpoint, processor, cases):
    return {
        "name": name,
        "checkpoint": checkpoint,
        "settings": "its own config.json; pictures as blip2-flan-t5-xl, tokenizer of BART, which has the same ids",
        "folder": "Salesforce__blip2-opt-2.7b",
        "processor": "Blip2Processor",
        "kind": "blip2",
        "files": {
            "preprocessor_config.json": "Salesforce__blip2-flan-t5-xl/preprocessor_config.json",
            "tokenizer.json": "microsoft__Florence-2-base/tokenizer.json",
        },
        "written": {"processor_config.json": json.dumps(processor)},
        "keep_tokens": 5,
        "tokens": ["<image>"],
        "cases": cases,
    }
