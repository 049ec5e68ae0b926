"""Reading the CRFsuite model inside pyvi's pickle, with neither scikit-learn nor CRFsuite.

The pickle holds a ``sklearn_crfsuite.CRF``, which holds a ``FileResource``, which holds the bytes of a model file in
CRFsuite's own format. All classes are replaced by empty stand-ins while unpickling: nothing outside is imported or run.

The model file, little-endian throughout::

    header   lCRF size FOMC version, three counts, offsets of the sections
    FEAT     records (type, source, target, weight): type 0 = attribute -> label, type 1 = label -> label
    CQDB     twice, labels and attributes: a table from number to name, whose names end in NUL
"""

from __future__ import annotations

import io
import pickle
import struct
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.segment.installed import UnsupportedPyviError

_HEADER = struct.Struct("<4sI4sIIIIIIIII")
_FEATURES_HEADER = struct.Struct("<4sII")
_NAMES_HEADER = struct.Struct("<4sIIIII")
_NAMES_BYTE_ORDER = 0x62445371
_FEATURE = np.dtype([("type", "<u4"), ("source", "<u4"), ("target", "<u4"), ("weight", "<f8")])
_STATE, _TRANSITION = 0, 1

_LABELS = ["B_W", "I_W"]  # a token begins a word, or is inside one


@dataclass(frozen=True, slots=True)
class Crf:
    """A linear-chain CRF over the two labels B_W (0) and I_W (1).

    ``lean[attribute]`` is the weight of the attribute for I_W less that for B_W: with two labels only the difference
    matters. ``transitions[a][b]`` is the weight of label ``b`` following ``a``.
    """

    lean: dict[str, float]
    transitions: tuple[tuple[float, float], tuple[float, float]]


def read_crf(pickled: bytes) -> Crf:
    """The model in pyvi's ``pyvi3.pkl``."""
    data = _model_file(pickled)
    magic, _, kind, _, _, _, _, features_at, labels_at, attributes_at, _, _ = _HEADER.unpack_from(data)
    if (magic, kind) != (b"lCRF", b"FOMC"):
        raise UnsupportedPyviError("its model is not a first-order CRFsuite model")
    labels, attributes = _names(data, labels_at), _names(data, attributes_at)
    if labels != _LABELS:
        raise UnsupportedPyviError(f"its model has the labels {labels}")
    features = _features(data, features_at)
    return Crf(_lean(features, attributes), _transitions(features))


class _StandIn:
    """Stands for every class and function in the pickle; keeps the state that the pickle gives it."""

    def __init__(self, *_args: object, **_kwargs: object) -> None:
        self.state: Any = None

    def __setstate__(self, state: Any) -> None:
        self.state = state


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("_codecs", "encode"):  # how protocol 2 writes bytes
            return super().find_class(module, name)
        return type(name, (_StandIn,), {})


def _model_file(pickled: bytes) -> bytes:
    crf = _Unpickler(io.BytesIO(pickled)).load()
    data = crf.state["modelfile"].state["__FILE_RESOURCE_DATA__"]
    if not isinstance(data, bytes):
        raise UnsupportedPyviError("its pickle holds no model file")
    return data


def _names(data: bytes, at: int) -> list[str]:
    magic, _, _, byte_order, count, table_at = _NAMES_HEADER.unpack_from(data, at)
    if (magic, byte_order) != (b"CQDB", _NAMES_BYTE_ORDER):
        raise UnsupportedPyviError("its model has no table of names where one is due")
    names = []
    for record in struct.unpack_from(f"<{count}I", data, at + table_at):
        start = at + record + 8  # after the name's number and its size, which counts the closing NUL
        size = int.from_bytes(data[start - 4 : start], "little")
        names.append(data[start : start + size - 1].decode())
    return names


def _features(data: bytes, at: int) -> NDArray[Any]:
    magic, _, count = _FEATURES_HEADER.unpack_from(data, at)
    if magic != b"FEAT":
        raise UnsupportedPyviError("its model has no features where they are due")
    return np.frombuffer(data, _FEATURE, count, at + _FEATURES_HEADER.size)


def _lean(features: NDArray[Any], attributes: list[str]) -> dict[str, float]:
    states = features[features["type"] == _STATE]
    lean = np.zeros(len(attributes))
    np.add.at(lean, states["source"], np.where(states["target"] == 1, states["weight"], -states["weight"]))
    return dict(zip(attributes, lean.tolist(), strict=True))


def _transitions(features: NDArray[Any]) -> tuple[tuple[float, float], tuple[float, float]]:
    weight = {
        (int(f["source"]), int(f["target"])): float(f["weight"]) for f in features[features["type"] == _TRANSITION]
    }
    (b_b, b_i), (i_b, i_i) = ((weight.get((a, 0), 0.0), weight.get((a, 1), 0.0)) for a in (0, 1))
    return (b_b, b_i), (i_b, i_i)
