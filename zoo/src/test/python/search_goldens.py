"""Writes what Hugging Face Transformers answers for a made-up decoder, with beams and without.

python search_goldens.py ../resources/dev/vlm4j/zoo/generation

The decoder's logits follow from all ids that it has read, by integer arithmetic that the test
repeats, so that nothing but settings and answers is stored. Logits lie on a grid; with few levels
there are many equal scores. One case a line: fields of the form name=value.
"""

import random
import sys
from pathlib import Path

import torch
from transformers import GenerationConfig, GenerationMixin, PreTrainedConfig, PreTrainedModel
from transformers.modeling_outputs import (
    BaseModelOutput,
    CausalLMOutputWithPast,
    Seq2SeqLMOutput,
)

CASES = {"beams": 360, "greedy": 240}
MASK = (1 << 31) - 1


def mixed(x):
    x = (x ^ (x >> 15)) * 739982445 & MASK
    x = (x ^ (x >> 12)) * 695872825 & MASK
    return x ^ (x >> 15)


def logits(ids, seed, vocabulary, levels, width):
    state = seed
    for token in ids:
        state = mixed(state * 31 + token + 1 & MASK)
    return [
        (mixed(state + 7919 * v & MASK) % levels) * width / levels - width / 2
        for v in range(vocabulary)
    ]


class MadeUpConfig(PreTrainedConfig):
    model_type = "made_up"


class Encoder(torch.nn.Module):
    main_input_name = "input_ids"

    def forward(self, **inputs):
        return BaseModelOutput(last_hidden_state=torch.zeros(1, 1, 1))


class MadeUp(PreTrainedModel, GenerationMixin):
    config_class = MadeUpConfig
    main_input_name = "input_ids"

    def __init__(self, config, case):
        super().__init__(config)
        self.case = case
        self.anything = torch.nn.Parameter(torch.zeros(1))
        self.encoder = Encoder()

    def get_encoder(self, *args, **kwargs):
        return self.encoder

    def forward(
        self,
        input_ids=None,
        attention_mask=None,
        decoder_input_ids=None,
        encoder_outputs=None,
        decoder_attention_mask=None,
        **ignored,
    ):
        case = self.case
        read = decoder_input_ids if self.config.is_encoder_decoder else input_ids
        rows = [
            logits(ids, case["seed"], case["vocabulary"], case["levels"], case["width"])
            for ids in read.tolist()
        ]
        scores = torch.tensor(rows, dtype=torch.float32)[:, None]
        output = Seq2SeqLMOutput if self.config.is_encoder_decoder else CausalLMOutputWithPast
        return output(logits=scores)


def greedy_case(number):
    case = made_case(number + 1000000)
    pick = random.Random(number)
    case["num_beams"] = 1
    del case["length_penalty"], case["early_stopping"]
    if "bad_words_ids" in case:
        vocabulary = case["vocabulary"]
        lengths = [1, 2, 2, 3]
        case["bad_words_ids"] = [[pick.randrange(vocabulary) for _ in range(n)] for n in lengths]
    return case


def made_case(number):
    pick = random.Random(number)
    vocabulary = pick.choice([12, 24, 40, 150, 400])
    is_encoder_decoder = pick.random() < 0.35
    ids = [pick.randrange(vocabulary) for _ in range(1 if is_encoder_decoder else pick.randint(1, 7))]
    eos = pick.sample(range(vocabulary), pick.choice([0, 1, 1, 1, 2, 3, 4]))
    case = {
        "seed": pick.randrange(1 << 20),
        "vocabulary": vocabulary,
        "levels": pick.choice([5, 64, 4096, 4096, 4096]),
        "width": pick.choice([2, 4, 8, 8]),
        "encoder_decoder": is_encoder_decoder,
        "start": ids,
        "eos": eos,
        "num_beams": pick.randint(2, 5),
        "length_penalty": pick.choice([0.0, 0.6, 1.0, 1.0, 2.0, -1.0]),
        "early_stopping": pick.choice([False, True, "never"]),
        "max_new_tokens": pick.choice([1, 2, 5, 9, 14, 20]),
    }
    if pick.random() < 0.4:
        case["no_repeat_ngram_size"] = pick.randint(1, 3)
    if pick.random() < 0.2:
        case["repetition_penalty"] = pick.choice([1.3, 0.8])
    if pick.random() < 0.2:
        case["min_new_tokens"] = pick.randint(1, 6)
    if pick.random() < 0.2:
        case["min_length"] = pick.randint(1, 9)
    if pick.random() < 0.25:
        case["forced_bos_token_id"] = pick.randrange(vocabulary)
    if eos and pick.random() < 0.25:
        case["forced_eos_token_id"] = eos[0]
    if pick.random() < 0.2:
        forced = [case.get("forced_bos_token_id"), case.get("forced_eos_token_id")]
        case["suppress_tokens"] = pick.sample([v for v in range(vocabulary) if v not in forced], 3)
    if pick.random() < 0.2:
        forced = [case.get("forced_bos_token_id"), case.get("forced_eos_token_id")]
        allowed = [v for v in range(vocabulary) if v not in forced]
        case["begin_suppress_tokens"] = pick.sample(allowed, 3)
    if pick.random() < 0.2:
        case["bad_words_ids"] = [[pick.randrange(vocabulary)] for _ in range(2)]
    if pick.random() < 0.1:
        case["renormalize_logits"] = True
    return case


OWN = ["seed", "vocabulary", "levels", "width", "encoder_decoder", "start", "eos"]


def answer(case):
    config = MadeUpConfig(is_encoder_decoder=case["encoder_decoder"])
    config.vocab_size = case["vocabulary"]
    model = MadeUp(config, case).eval()
    settings = {key: value for key, value in case.items() if key not in OWN}
    generation = GenerationConfig(
        eos_token_id=case["eos"] or None, pad_token_id=0, use_cache=False, do_sample=False, **settings
    )
    if case["encoder_decoder"]:
        generation.decoder_start_token_id = case["start"][0]
        inputs = {"input_ids": torch.ones(1, 3, dtype=torch.long)}
    else:
        inputs = {"input_ids": torch.tensor([case["start"]])}
        inputs["attention_mask"] = torch.ones_like(inputs["input_ids"])
    result = model.generate(
        **inputs, generation_config=generation, return_dict_in_generate=True, output_scores=True
    )
    case["answer"] = result.sequences[0, len(case["start"]) :].tolist()
    if case["num_beams"] > 1:
        case["score"] = result.sequences_scores[0].item()
    return case


def written(value):
    if isinstance(value, list) and value and isinstance(value[0], list):
        return ";".join(written(v) for v in value)
    if isinstance(value, list):
        return ",".join(written(v) for v in value)
    return str(value).lower()


def main():
    for name, make in [("beams", made_case), ("greedy", greedy_case)]:
        cases = [answer(make(number)) for number in range(CASES[name])]
        lines = [" ".join(f"{key}={written(value)}" for key, value in c.items()) for c in cases]
        with open(Path(sys.argv[1]) / f"{name}.txt", "w", encoding="utf-8") as file:
            file.write("# written by search_goldens.py\n" + "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
