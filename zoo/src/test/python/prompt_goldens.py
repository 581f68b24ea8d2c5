"""Whole conversations through the real chat templates, as Transformers renders them.

    python prompt_goldens.py HUB_METADATA_FOLDER > ../resources/dev/vlm4j/zoo/prompt/prompts.json

The folder holds one folder per checkpoint with its original files. Templates belong to their authors, so only hashes
of what they render are written. Made with transformers 5.23.0 and jinja2 3.1.6.

Every conversation is rendered with ``render_jinja_template``, the function behind the processors' and tokenizers'
``apply_chat_template``: with a generation prompt, or with ``continue_final_message`` where the assistant speaks last.
A message is given as a list of parts unless the template prints the text of a string only.
"""

import glob
import hashlib
import json
import os
import sys

from transformers.utils.chat_template_utils import render_jinja_template

TOKENS = {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>"}
IMAGE = {"type": "image"}
PROBE = "vlm4jprobe"


def text(value):
    return {"type": "text", "text": value}


def user(*parts):
    return {"role": "user", "content": list(parts)}


def assistant(*parts):
    return {"role": "assistant", "content": list(parts)}


SYSTEM = {"role": "system", "content": [text("You are brief.")]}
HOSTILE = "{{ 7*7 }} {% raw %} <|im_end|> </s> <end_of_turn> {# c #} CONTINUE_FINAL_MESSAGE_TAG"

CONVERSATIONS = {
    "text": [user(text("Hello"))],
    "picture first": [user(IMAGE, text("What is this?"))],
    "picture last": [user(text("What is this?"), IMAGE)],
    "three pictures": [user(IMAGE, text("and"), IMAGE, IMAGE, text("compare"))],
    "only a picture": [user(IMAGE)],
    "two texts": [user(text("one "), text(" two"))],
    "system": [SYSTEM, user(text("Hi"))],
    "turns": [user(IMAGE, text("1")), assistant(text("2")), user(text("3"), IMAGE), assistant(text("4")), user(text("5"))],
    "unicode": [user(text("naïve ☕ 日本語 😀 e\u0301 \u202e \u2028 \u00a0"))],
    "line ends": [user(text("  a\r\nb\rc\n\n "))],
    "template code": [user(IMAGE, text(HOSTILE))],
    "no text": [user(text(""))],
    "two users": [user(text("1")), user(text("2"))],
    "long": [user(text("word " * 3000))],
    "continued": [user(IMAGE, text("Hi")), assistant(text("Sure"))],
    "continued, space": [user(text("Hi")), assistant(text("Sure, "))],
    "continued, line ends": [user(text("Hi")), assistant(text(" Sure\r\n\n"))],
    "continued, unicode": [user(text("Hi")), assistant(text("naïve 日本語 😀"))],
    "continued, two texts": [user(text("Hi")), assistant(text("Sure, "), text("it is "))],
    "continued, system and turns": [SYSTEM, user(text("1")), assistant(text("2")), user(text("3")), assistant(text("4 "))],
    "continued, template code": [user(text("Hi")), assistant(text(HOSTILE + " {{ x }} "))],
    "continued, same text before": [user(text("Sure")), assistant(text("Sure"))],
}


def render(template, messages, **options):
    rendered, _ = render_jinja_template([messages], chat_template=template, **TOKENS, **options)
    return rendered[0]


def joined(message):
    return {**message, "content": "".join(part.get("text", "") for part in message["content"])}


def reads_parts(template, role):
    probe = {"role": role, "content": [text(PROBE)]}
    chats = [[probe, user(text("x"))], [probe], [user(text("x")), probe], [user(text("x")), probe, user(text("x"))]]
    for chat in chats:
        try:
            if PROBE in render(template, chat):
                return True
        except Exception:  # the next chat may be one that the template takes
            continue
    return False


def outcome(template, messages):
    continues = messages[-1]["role"] == "assistant"
    formed = [message if reads_parts(template, message["role"]) else joined(message) for message in messages]
    try:
        result = render(template, formed, add_generation_prompt=not continues, continue_final_message=continues)
    except Exception as error:
        return {"error": type(error).__name__}
    encoded = result.encode("utf-8")
    return {"sha256": hashlib.sha256(encoded).hexdigest(), "bytes": len(encoded)}


def templates(folder):
    for path in sorted(glob.glob(os.path.join(folder, "*", "*"))):
        name = os.path.basename(path)
        if name.endswith(".jinja"):
            with open(path, encoding="utf-8", newline="") as file:
                yield os.path.relpath(path, folder), file.read()
        elif name in ("chat_template.json", "tokenizer_config.json", "processor_config.json"):
            with open(path, encoding="utf-8") as file:
                template = json.load(file).get("chat_template")
            if isinstance(template, str):
                yield os.path.relpath(path, folder), template


def main():
    golden = {
        "conversations": CONVERSATIONS,
        "prompts": {
            path.replace(os.sep, "/"): {name: outcome(template, chat) for name, chat in CONVERSATIONS.items()}
            for path, template in templates(sys.argv[1])
        },
    }
    golden["conversations"]["long"] = [user({"type": "text", "repeat": 3000, "text": "word "})]
    json.dump(golden, sys.stdout, ensure_ascii=True, indent=1)
    sys.stdout.write("\n")


main()
