"""Folders with chat templates in several places, and which of them Transformers renders.

    python template_homes.py > ../resources/dev/vlm4j/zoo/prompt/template-homes.json

A processor's template, or where its files have none, its tokenizer's. Made with transformers 5.23.0.
"""

import itertools
import json
import pathlib
import sys
import tempfile
from types import SimpleNamespace

from tokenizers import Tokenizer, models
from transformers import LlavaProcessor, PreTrainedTokenizerFast
from transformers.utils.chat_template_utils import render_jinja_template


def template(name):
    return name + " {{ messages[0]['content'] }}"


def held(value):
    return json.dumps({"chat_template": value})


def names(*given):
    return {name: template(name) for name in given}


def listed(*given):
    return [{"name": name.split()[0], "template": template(name)} for name in given]


FOLDER = "additional_chat_templates/default.jinja"
TOOLS = "additional_chat_templates/tools.jinja"
TOKENIZER = "tokenizer_config.json"
HOMES = {
    "processor_config.json": held(template("processor")),
    "chat_template.json": held(template("older")),
    "chat_template.jinja": template("jinja"),
    FOLDER: template("folder"),
    TOKENIZER: held(template("tokenizer")),
}
SPECIAL = {
    "names in the processor's file": {"processor_config.json": held(names("default", "tool"))},
    "names without a default in the processor's file": {"processor_config.json": held(names("rag", "tool"))},
    "a list in the processor's file": {"processor_config.json": held(listed("default", "tool"))},
    "null in the processor's file": {
        **{home: text for home, text in HOMES.items() if home != FOLDER},
        "processor_config.json": held(None),
    },
    "names in the older file": {"chat_template.json": held(names("default", "tool"))},
    "a list in the older file": {"chat_template.json": held(listed("default", "tool"))},
    "a list in the tokenizer's file": {"tokenizer_config.json": held(listed("tool", "default"))},
    "a list with two defaults": {"tokenizer_config.json": held(listed("default 1", "default 2"))},
    "a list without a default": {"tokenizer_config.json": held(listed("rag", "tool"))},
    "names in the tokenizer's file": {"tokenizer_config.json": held(names("tool", "default"))},
    "null in the tokenizer's file": {"tokenizer_config.json": held(None)},
    "several files": {TOOLS: template("tools"), FOLDER: template("folder")},
    "several files without a default": {TOOLS: template("tools"), TOKENIZER: held(template("tokenizer"))},
    "several files, the default elsewhere": {TOOLS: template("tools"), "chat_template.jinja": template("jinja")},
    "several files without a default, a template in the processor's file": {
        TOOLS: template("tools"),
        "processor_config.json": held(template("processor")),
    },
    "the older file and one that is no default": {TOOLS: template("tools"), "chat_template.json": held(template("older"))},
    "the older file and one that is no template": {
        "additional_chat_templates/readme.txt": "no template",
        "chat_template.json": held(template("older")),
    },
}


def folders():
    for count in range(len(HOMES) + 1):
        for chosen in itertools.combinations(HOMES, count):
            yield ", ".join(chosen) or "nothing", {name: HOMES[name] for name in chosen}
    yield from SPECIAL.items()


def chosen(folder):
    settings, _ = LlavaProcessor.get_processor_dict(folder)
    if settings.get("chat_template") is not None:
        owner = SimpleNamespace(chat_template=settings["chat_template"])
        return LlavaProcessor._resolve_chat_template(owner, None)
    return PreTrainedTokenizerFast.from_pretrained(folder).get_chat_template()


def outcome(files):
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        Tokenizer(models.WordLevel({"a": 0})).save(str(folder / "tokenizer.json"))
        for name, text in files.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(text)
        try:
            rendered, _ = render_jinja_template([[{"role": "user", "content": "hi"}]], chat_template=chosen(folder))
            return {"files": files, "text": rendered[0]}
        except Exception as error:
            return {"files": files, "refused": type(error).__name__}


json.dump({name: outcome(files) for name, files in folders()}, sys.stdout, indent=1)
sys.stdout.write("\n")
