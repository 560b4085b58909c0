"""Kokoro's network, changed in what it costs and in what it tells, never in what it says.

Three changes, all made once, when the weights are put in place:

- It tells how long each token lasts: a tensor that is inside anyway becomes an output (`DURATIONS`).
- It can be told how to sing: the pitch it plans is multiplied by a factor for each token (`PITCH`), because it ends a
  question as it ends a statement. Where every factor is 1 the samples are the same to the last bit.
- Its whole-number convolutions become products of matrices: seven tenths of its time goes into them, and onnxruntime
  multiplies unsigned by signed bytes three to six times as fast as unsigned by unsigned where the processor has
  instructions for it (VNNI). What was ``x`` becomes ``x - 128``, its zero point too: the sums are whole numbers, and
  the same to the last bit. Elsewhere that product would overflow, and the convolutions stay (`fast_bytes`).

Figures: docs/voices.md, « Speed ».
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

VERSION = "2"  # of the changed graph: a new one is made when this changes
DURATIONS = "/encoder/Clip_output_0"  # float32 (1, tokens), frames of 600 samples each
PITCH = "pitch"  # an input, float32 (1, 1, tokens): factors
GLIDE = 16  # half frames of 12.5 ms over which a factor goes into the next; a power of two keeps ones exactly ones
_FRAMES = "/encoder/Cast_4_output_0"  # float32 (tokens, frames): 1 where a frame is a token's
_PITCH_PLANNED = "/encoder/F0_proj/Conv_output_0"  # float32 (1, 1, half frames), Hz; near 0 where nothing is voiced
PARTS = 8  # stretches of time in which the widest convolutions are laid out, so that it takes little memory
WIDE = 128  # channels of the convolutions that run over the longest stretches
_END = 2**62  # of a slice: to the end


def fast_bytes() -> bool:
    """Tell whether this processor multiplies unsigned by signed bytes without overflow: x86 with VNNI."""
    try:
        flags = Path("/proc/cpuinfo").read_text("ascii", "replace")
    except OSError:
        return False
    return "avx512_vnni" in flags or "avx_vnni" in flags


def changed(path: Path, products: bool) -> bytes:
    """Change a network.

    Args:
        path: its ONNX file.
        products: turn its convolutions of bytes into products.

    Returns:
        The new file. The durations are an output of it, and the pitch an input, if the network has those tensors.
    """
    import onnx

    model = onnx.load(str(path))
    there = {name for node in model.graph.node for name in node.output}
    if DURATIONS in there:
        model.graph.output.append(onnx.helper.make_tensor_value_info(DURATIONS, onnx.TensorProto.FLOAT, None))
    if {_FRAMES, _PITCH_PLANNED} <= there:
        _to_sing(model.graph)
    if products:
        _to_products(model.graph)
    return bytes(model.SerializeToString())


def _to_sing(graph: Any) -> None:
    """Multiply the planned pitch by factors of the tokens, which glide into each other."""
    import numpy
    from onnx import TensorProto, helper, numpy_helper

    for node in graph.node:
        for place, name in enumerate(node.input):
            if name == _PITCH_PLANNED:
                node.input[place] = "pitch/sung"
    edges = numpy.array([0, 0, GLIDE // 2, 0, 0, GLIDE // 2 - 1], numpy.int64)
    for name, array in (("pitch/halves", numpy.array([1, 1, 2], numpy.float32)), ("pitch/edges", edges)):
        graph.initializer.append(numpy_helper.from_array(array, name))
    halves = {"mode": "nearest", "coordinate_transformation_mode": "asymmetric", "nearest_mode": "floor"}
    made = [
        helper.make_node("MatMul", [PITCH, _FRAMES], ["pitch/frames"]),
        helper.make_node("Resize", ["pitch/frames", "", "pitch/halves"], ["pitch/steps"], **halves),
        helper.make_node("Pad", ["pitch/steps", "pitch/edges"], ["pitch/padded"], mode="edge"),
        helper.make_node("AveragePool", ["pitch/padded"], ["pitch/glides"], kernel_shape=[GLIDE]),
        helper.make_node("Mul", [_PITCH_PLANNED, "pitch/glides"], ["pitch/sung"]),
    ]
    after = 1 + max(at for at, node in enumerate(graph.node) if {_FRAMES, _PITCH_PLANNED} & set(node.output))
    nodes = [*graph.node[:after], *made, *graph.node[after:]]
    del graph.node[:]
    graph.node.extend(nodes)
    graph.input.append(helper.make_tensor_value_info(PITCH, TensorProto.FLOAT, [1, 1, None]))


def _to_products(graph: Any) -> None:
    weights = {one.name: one for one in graph.initializer}
    made = _Made()
    for node in graph.node:
        convolution = _Convolution.read(node, weights)
        if convolution:
            made.product(convolution)
        else:
            made.nodes.append(node)
    used = {name for node in made.nodes for name in node.input}
    kept = [one for one in (*graph.initializer, *made.constants.values()) if one.name in used]
    nodes = list(made.nodes)
    del graph.node[:], graph.initializer[:]
    graph.node.extend(nodes)
    graph.initializer.extend(kept)


class _Convolution:
    """A convolution of bytes along time, one step at a time."""

    def __init__(self, node: Any, weights: Any, pads: tuple[int, int], dilation: int) -> None:
        self.name, self.output = node.name, node.output[0]
        self.sound, _, self.sound_zero, self.weights_zero = node.input
        self.weights, self.pads, self.dilation = weights, pads, dilation

    @classmethod
    def read(cls, node: Any, weights: Any) -> _Convolution | None:
        """Give the convolution a node is; None for any other node, and for those that go by steps or groups."""
        import onnx

        if node.op_type != "ConvInteger" or len(node.input) != 4 or node.input[1] not in weights:
            return None
        array = onnx.numpy_helper.to_array(weights[node.input[1]])
        given = {one.name: onnx.helper.get_attribute_value(one) for one in node.attribute}
        plain = array.ndim == 3 and array.dtype.name == "uint8" and given.get("group", 1) == 1
        if not plain or any(step != 1 for step in given.get("strides", ())):
            return None
        pads = tuple(given.get("pads", (0, 0)))
        return cls(node, array, (pads[0], pads[1]), next(iter(given.get("dilations", (1,)))))


class _Made:
    """The nodes and constants of a graph, as they are made."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: dict[str, Any] = {}

    def product(self, one: _Convolution) -> None:
        """Lay the taps of a convolution under each other, and multiply them with its weights at once."""
        rows, channels, taps = one.weights.shape
        flat = one.weights.transpose(0, 2, 1).reshape(rows, taps * channels)
        weights = self._constant(f"{one.name}/weights", flat)
        zero = self._signed(one.sound_zero, f"{one.name}/zero")
        sound = self._signed(one.sound, f"{one.name}/sound")
        if any(one.pads):
            sound = self._node("Pad", [sound, self._numbers(0, 0, one.pads[0], 0, 0, one.pads[1]), zero], one, "padded")
        given = (weights, one.weights_zero, zero)
        if taps == 1 or channels != WIDE:
            columns = sound if taps == 1 else self._columns(sound, one, taps, "")
            self._multiplied(given, columns, one.output)
            return
        parts = []
        for number, part in enumerate(self._parts(sound, one, taps)):
            parts.append(f"{one.name}/product{number}")
            self._multiplied(given, self._columns(part, one, taps, str(number)), parts[-1])
        self._node("Concat", parts, one, "", axis=2)

    def _parts(self, sound: str, one: _Convolution, taps: int) -> Iterator[str]:
        """Share a padded sound into `PARTS` stretches; each reaches into the next as far as the taps do."""
        reach = self._numbers((taps - 1) * one.dilation)
        shape = self._node("Shape", [one.sound], one, "shape")
        size = self._node("Slice", [shape, self._numbers(2), self._numbers(3)], one, "size")
        up = self._node("Add", [size, self._numbers(PARTS - 1)], one, "up")
        step = self._node("Div", [up, self._numbers(PARTS)], one, "step")
        start = self._numbers(0)
        for number in range(PARTS):
            last = number + 1 == PARTS
            stop = size if last else self._node("Mul", [step, self._numbers(number + 1)], one, f"stop{number}")
            end = self._node("Add", [stop, reach], one, f"end{number}")
            yield self._node("Slice", [sound, start, end, self._numbers(2)], one, f"part{number}")
            start = stop

    def _columns(self, sound: str, one: _Convolution, taps: int, part: str) -> str:
        """Lay a sound and itself one tap later, two taps later… under each other."""
        rows = []
        for tap in range(taps):
            end = _END if tap + 1 == taps else -(taps - 1 - tap) * one.dilation
            bounds = [self._numbers(tap * one.dilation), self._numbers(end), self._numbers(2)]
            rows.append(self._node("Slice", [sound, *bounds], one, f"tap{part}-{tap}"))
        return self._node("Concat", rows, one, f"columns{part}", axis=1)

    def _multiplied(self, given: tuple[str, str, str], columns: str, output: str) -> None:
        from onnx import helper

        weights, weights_zero, zero = given
        self.nodes.append(
            helper.make_node(
                "MatMulInteger", [weights, columns, weights_zero, zero], [output], name=f"{output}/product"
            )
        )

    def _signed(self, name: str, stem: str) -> str:
        """Take 128 from bytes: with the highest bit turned they are signed ones."""
        import numpy
        from onnx import TensorProto, helper

        flip = self._constant("highest_bit", numpy.array(128, numpy.uint8))
        self.nodes.append(helper.make_node("BitwiseXor", [name, flip], [f"{stem}/turned"], name=f"{stem}/turned"))
        self.nodes.append(
            helper.make_node("Cast", [f"{stem}/turned"], [f"{stem}/signed"], name=f"{stem}/signed", to=TensorProto.INT8)
        )
        return f"{stem}/signed"

    def _node(self, kind: str, inputs: list[str], one: _Convolution, what: str, **attributes: Any) -> str:
        """Add a node; its output is that of the convolution itself when it has no name of its own."""
        from onnx import helper

        output = f"{one.name}/{what}" if what else one.output
        self.nodes.append(helper.make_node(kind, inputs, [output], name=f"{one.name}/{what or 'joined'}", **attributes))
        return output

    def _numbers(self, *values: int) -> str:
        import numpy

        return self._constant(f"numbers{'_'.join(map(str, values))}", numpy.array(values, numpy.int64))

    def _constant(self, name: str, array: Any) -> str:
        from onnx import numpy_helper

        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(array, name)
        return name
