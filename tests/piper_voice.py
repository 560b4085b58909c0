"""A voice of Piper's shape and of two kilobytes: each sign of the phonemes sounds as a tone of its own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

RATE = 22_050
HOP = 640  # samples a sign, at length scale 1
SIGNS = "_^$ !'(),-.:;?abcdefhijklmnopqrstuvwxyzæçðøħŋœɐɑɒɔəɛɜɡɣɥɪɲɹɾʁʃʊʌʒʔˈˌːθ\u0303"


def make(folder: Path, name: str, speakers: Sequence[str] = (), signs: str = SIGNS, language: str = "fr") -> Path:
    """Write NAME.onnx and NAME.onnx.json; give the former."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.onnx"
    path.write_bytes(model(bool(speakers)))
    config = {
        "audio": {"sample_rate": RATE},
        "espeak": {"voice": language},
        "inference": {"noise_scale": 0.667, "length_scale": 1.0, "noise_w": 0.8},
        "phoneme_id_map": {sign: [number] for number, sign in enumerate(signs)},
        "num_symbols": len(signs),
        "num_speakers": max(1, len(speakers)),
        "speaker_id_map": {speaker: number for number, speaker in enumerate(speakers)},
    }
    path.with_name(f"{path.name}.json").write_text(json.dumps(config), "utf-8")
    return path


def model(several: bool = False) -> bytes:
    """Give the network: the inputs and the output of a voice of Piper's, noise included.

    A sign of number n sounds at 200 + 5 n Hz (100 Hz higher for each next speaker), `HOP` samples × length scale; the
    marks and the blank before the letters in `SIGNS` are silent.
    """
    from onnx import TensorProto, checker, helper

    floats, ints = TensorProto.FLOAT, TensorProto.INT64

    def node(operation: str, inputs: str, output: str, **attributes: Any) -> Any:
        return helper.make_node(operation, inputs.split(), [output], **attributes)

    def constant(name: str, kind: int, values: list[float], shape: Sequence[int]) -> Any:
        return helper.make_tensor(name, kind, shape, values)

    speaker = [node("Cast", "sid", "speaker", to=floats), node("Mul", "speaker hundred", "higher")] if several else []
    graph = helper.make_graph(
        [
            node("Gather", "scales at_noise", "noise_scale"),
            node("Gather", "scales at_length", "length_scale"),
            node("Mul", "length_scale hop", "samples"),
            node("Range", "nought samples one", "time"),
            node("Cast", "input", "numbers", to=floats),
            node("Unsqueeze", "numbers last", "column"),
            node("Mul", "column five", "steps"),
            node("Add", "steps lowest", "pitch"),
            *speaker,
            node("Add", "pitch higher", "hertz"),
            node("Mul", "hertz time", "turns"),
            node("Mul", "turns radians", "phase"),
            node("Sin", "phase", "tone"),
            node("Sub", "column marks", "sounding"),
            node("Clip", "sounding nought one", "opened"),
            node("Mul", "tone opened", "wave"),
            node("RandomNormalLike", "wave", "random"),
            node("Mul", "random noise_scale", "noise"),
            node("Add", "wave noise", "loud"),
            node("Mul", "loud quieter", "soft"),
            node("Reshape", "soft shape", "output"),
        ],
        "voice",
        [
            helper.make_tensor_value_info("input", ints, [1, "signs"]),
            helper.make_tensor_value_info("input_lengths", ints, [1]),
            helper.make_tensor_value_info("scales", floats, [3]),
            *([helper.make_tensor_value_info("sid", ints, [1])] if several else []),
        ],
        [helper.make_tensor_value_info("output", floats, [1, 1, 1, "samples"])],
        [
            constant("at_noise", ints, [0], []),
            constant("at_length", ints, [1], []),
            constant("hop", floats, [HOP], []),
            constant("nought", floats, [0], []),
            constant("one", floats, [1], []),
            constant("last", ints, [2], [1]),
            constant("five", floats, [5], []),
            constant("lowest", floats, [200], []),
            constant("marks", floats, [SIGNS.index("a") - 1], []),
            *([constant("hundred", floats, [100], [])] if several else [constant("higher", floats, [0], [])]),
            constant("radians", floats, [2 * 3.14159265 / RATE], []),
            constant("quieter", floats, [0.3], []),
            constant("shape", ints, [1, 1, 1, -1], [4]),
        ],
    )
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    checker.check_model(made)
    whole: bytes = made.SerializeToString()
    return whole
