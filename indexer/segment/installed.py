"""The files of the installed pyvi, found and read without importing pyvi (which would import scikit-learn).

The tables of this package come from pyvi's own model and dictionary, so they follow whatever is installed. Its *rules*
(the pattern that cuts text into tokens, the features of a token, when two tokens are joined) are code, and are written
out anew here. They hold for the source they were written from; any other source is refused, see :func:`check_rules`.
"""

from __future__ import annotations

import hashlib
import importlib.util
from dataclasses import dataclass
from pathlib import Path

# SHA-256 of every ViTokenizer.py whose rules are the ones written out in this package (pyvi 0.1.1).
_KNOWN_RULES = frozenset({"ad11cdacf45b5b2801cd97a473f70effb3a36b94779b80c776a11cedaa18e1c1"})


class UnsupportedPyviError(Exception):
    """The installed pyvi is not as this package assumes; its own, slow code has to do the work."""


@dataclass(frozen=True, slots=True)
class PyviFiles:
    """What decides pyvi's output: its rules, its model, its dictionary."""

    rules: Path
    model: Path
    dictionary: Path

    @classmethod
    def find(cls) -> PyviFiles:
        """The files of the pyvi that ``import pyvi`` would give."""
        spec = importlib.util.find_spec("pyvi")
        if spec is None or spec.origin is None:
            raise ModuleNotFoundError("pyvi is not installed", name="pyvi")
        folder = Path(spec.origin).parent
        return cls(folder / "ViTokenizer.py", folder / "models" / "pyvi3.pkl", folder / "models" / "words.txt")

    def fingerprint(self) -> str:
        """Changes whenever the words may change."""
        digest = hashlib.sha256()
        for path in (self.rules, self.model, self.dictionary):
            digest.update(path.read_bytes() if path.is_file() else b"absent")
        return digest.hexdigest()[:12]

    def check_rules(self) -> None:
        """Refuse a pyvi whose source is not one that this package mirrors."""
        digest = hashlib.sha256(self.rules.read_bytes()).hexdigest()
        if digest not in _KNOWN_RULES:
            raise UnsupportedPyviError(f"its rules are unknown ({self.rules.name} has SHA-256 {digest[:12]}...)")
