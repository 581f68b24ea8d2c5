"""Writes held-out pictures with questions and exact answers, and can put them to the model.

The folder gets picture-NNNN.png and questions.json, a list of objects with the fields picture,
kind, question and answer. With --checkpoint the questions are put to the checkpoint through the
library's own processor and generate(), one at a time, greedily; with --program they are put to
vlm4j in one call of its command line. What counts is the whole text.
"""

import argparse
import json
import random
import subprocess
from collections import defaultdict
from pathlib import Path

import torch
from PIL import Image
from transformers import AutoProcessor, LlavaForConditionalGeneration

import questions
import scenes


def write(folder: Path, pictures: int):
    """One question of every kind that the picture allows."""
    folder.mkdir(parents=True, exist_ok=True)
    entries = []
    for index in range(pictures):
        rng = random.Random(f"held-out-{index}")
        scene = scenes.scene(rng, most=scenes.MOST)
        name = f"picture-{index:04d}.png"
        scenes.draw(scene).save(folder / name)
        for kind in questions.KINDS:
            pair = questions.ask(rng, kind, scene)
            if pair is not None:
                entry = {"picture": name, "kind": kind, "question": pair[0], "answer": pair[1]}
                entries.append(entry)
    (folder / "questions.json").write_text(json.dumps(entries, indent=1) + "\n")
    return entries


def _message(picture, question):
    parts = [{"type": "image", **picture}, {"type": "text", "text": question}]
    return [{"role": "user", "content": parts}]


def ask_library(folder: Path, entries, checkpoint: Path, dtype):
    processor = AutoProcessor.from_pretrained(checkpoint)
    network = LlavaForConditionalGeneration.from_pretrained(checkpoint, dtype=dtype)
    for entry in entries:
        picture = Image.open(folder / entry["picture"])
        inputs = processor.apply_chat_template(
            _message({"image": picture}, entry["question"]),
            add_generation_prompt=True,
            tokenize=True,
            return_dict=True,
            return_tensors="pt",
        ).to(network.dtype)
        ids = network.generate(**inputs)[0, inputs["input_ids"].shape[1] :]
        yield processor.tokenizer.decode(ids, skip_special_tokens=True)


def ask_program(folder: Path, entries, program: Path, model: str, backend: str):
    """One messages file for each question, all answered with one load of the model."""
    command = [program, "run", "--model", model, "--backend", backend, "--format", "json"]
    for index, entry in enumerate(entries):
        file = folder / f"question-{index:04d}.json"
        file.write_text(json.dumps(_message({"path": entry["picture"]}, entry["question"])))
        command += ["--messages", file]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return [json.loads(line)["text"] for line in done.stdout.splitlines()]


def report(entries, answers):
    right = defaultdict(list)
    for entry, said in zip(entries, answers, strict=True):
        right[entry["kind"]].append(said == entry["answer"])
        if said != entry["answer"]:
            print(f"{entry['picture']} {entry['question']} -> {said} [{entry['answer']}]")
    print("\n| kind | questions | exact answers |\n|---|---|---|")
    for kind, marks in right.items():
        print(f"| {kind} | {len(marks)} | {100 * sum(marks) / len(marks):.1f} % |")
    marks = [mark for kind in right.values() for mark in kind]
    print(f"| all | {len(marks)} | {100 * sum(marks) / len(marks):.1f} % |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True, help="folder for pictures and questions")
    parser.add_argument("--pictures", type=int, default=250)
    parser.add_argument("--checkpoint", type=Path, help="also ask this checkpoint")
    parser.add_argument("--dtype", default="float32", choices=("float32", "bfloat16"))
    parser.add_argument("--program", type=Path, help="also ask this program, for example ../../vlm4j")
    parser.add_argument("--model", default="builtin", help="what the program is to load")
    parser.add_argument("--backend", default="onnxruntime", help="engine of the program")
    options = parser.parse_args()
    entries = write(options.out, options.pictures)
    print(f"{len(entries)} questions about {options.pictures} pictures")
    if options.checkpoint:
        dtype = getattr(torch, options.dtype)
        report(entries, ask_library(options.out, entries, options.checkpoint, dtype))
    if options.program:
        program = options.program.resolve()
        report(entries, ask_program(options.out, entries, program, options.model, options.backend))


if __name__ == "__main__":
    main()
