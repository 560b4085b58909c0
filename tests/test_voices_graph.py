"""The network as it is run says, to the last bit, what the published one says, and tells how long each token lasts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from audionews.voices import graph, weights
from audionews.voices.base import NoOptions
from audionews.voices.kokoro import FRAME, Kokoro, Room

RANDOM = numpy.random.default_rng(5)


def convolution(rows: int, channels: int, taps: int, dilation: int, pads: tuple[int, int], step: int = 1) -> bytes:
    kernel = RANDOM.integers(0, 256, (rows, channels, taps), dtype=numpy.uint8)
    constants = [
        numpy_helper.from_array(kernel, "kernel"),
        numpy_helper.from_array(numpy.array(61, numpy.uint8), "kernel_zero"),
    ]
    nodes = [
        helper.make_node("DynamicQuantizeLinear", ["sound"], ["bytes", "scale", "zero"]),
        helper.make_node(
            *("ConvInteger", ["bytes", "kernel", "zero", "kernel_zero"], ["made"], "layer"),
            dilations=[dilation],
            pads=list(pads),
            strides=[step],
            kernel_shape=[taps],
            group=1,
        ),
    ]
    shape: list[str | int | None] = [1, channels, "time"]
    whole = helper.make_graph(
        nodes,
        "layer",
        [helper.make_tensor_value_info("sound", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("made", TensorProto.INT32, None)],
        constants,
    )
    return bytes(
        helper.make_model(whole, opset_imports=[helper.make_opsetid("", 20)], ir_version=9).SerializeToString()
    )


def run(model: bytes, sound: Any) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(model, options).run(None, {"sound": sound})[0]


@pytest.mark.skipif(not graph.fast_bytes(), reason="the product overflows on this processor, and is not used here")
@pytest.mark.parametrize("channels", [3, graph.WIDE])
@pytest.mark.parametrize(
    ("taps", "dilation", "pads"), [(1, 1, (0, 0)), (3, 1, (1, 1)), (7, 3, (9, 9)), (11, 5, (25, 25)), (2, 1, (1, 0))]
)
def test_a_product_is_the_convolution_to_the_last_bit(
    tmp_path: Path, channels: int, taps: int, dilation: int, pads: tuple[int, int]
) -> None:
    published = convolution(4, channels, taps, dilation, pads)
    (tmp_path / "layer.onnx").write_bytes(published)
    made = graph.changed(tmp_path / "layer.onnx", products=True)
    assert {"MatMulInteger"} <= {node.op_type for node in onnx.load_from_string(made).graph.node}
    for length in (60, 61, 67, 400):
        sound = RANDOM.normal(0, 3, (1, channels, length)).astype(numpy.float32)
        assert numpy.array_equal(run(made, sound), run(published, sound))


def test_what_goes_by_steps_stays_a_convolution(tmp_path: Path) -> None:
    (tmp_path / "layer.onnx").write_bytes(convolution(4, 3, 3, 1, (1, 1), step=2))
    made = onnx.load_from_string(graph.changed(tmp_path / "layer.onnx", products=True))
    assert [node.op_type for node in made.graph.node] == ["DynamicQuantizeLinear", "ConvInteger"]


def test_without_the_instructions_nothing_but_the_output_changes(tmp_path: Path) -> None:
    published = convolution(4, 3, 3, 1, (1, 1))
    (tmp_path / "layer.onnx").write_bytes(published)
    assert (
        graph.changed(tmp_path / "layer.onnx", products=False) == onnx.load_from_string(published).SerializeToString()
    )


@pytest.mark.neural
def test_the_voice_is_the_published_one_and_tells_its_durations() -> None:
    voice = Kokoro(NoOptions())
    (inputs,) = voice.inputs("Deux morts et sept blessés dans un accident de la route près de Bandoula.")
    audio, frames = voice.infer(inputs)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    given = {name: array for name, array in inputs.items() if name != graph.PITCH}
    published = onnxruntime.InferenceSession(str(weights.model_file()), options).run(None, given)[0]
    assert (inputs[graph.PITCH] == 1).all()
    assert numpy.array_equal(audio, published)
    assert len(frames) == inputs["tokens"].shape[1]
    assert int(frames.sum()) * FRAME == audio.size


@pytest.mark.neural
def test_the_network_is_made_once_and_again_when_it_is_damaged() -> None:
    path = weights.best("int8")
    made = path.stat().st_mtime_ns
    assert weights.best("int8") == path and path.stat().st_mtime_ns == made
    content = path.read_bytes()
    path.write_bytes(content[:-1] + b"?")
    old = path.with_name(f"{weights.model_file().stem}-{'0' * 16}.run.onnx")
    old.write_bytes(b"of another version")
    assert weights.best("int8").read_bytes() == content
    assert not old.exists() and weights.model_file().exists()


def test_room_is_waited_for_and_one_that_fills_it_all_works_alone() -> None:
    import threading

    room, at_work, most = Room(10), [], []
    lock = threading.Lock()

    def work(size: int) -> None:
        with room.taken(size):
            with lock:
                at_work.append(size)
                most.append(tuple(at_work))
            threading.Event().wait(0.005)
            with lock:
                at_work.remove(size)

    threads = [threading.Thread(target=work, args=(size,)) for size in (4, 25, 6, 10, 3, 5, 4, 11, 1) * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(most) == 27
    assert all(sum(one) <= 10 or len(one) == 1 for one in most)
