"""Starting the processes that are measured, and reading what they answer."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from typing import IO, Any

from indexer.errors import TimbaoError
from indexer.system.processes import cpu_seconds

Json = dict[str, Any]


class Failed(TimbaoError):
    """A job ended without its answer; the text is the last thing it said."""


def run(job: str, **arguments: Any) -> Json:
    """The one answer of a job.

    Raises:
        Failed: it gave none.
    """
    with tempfile.TemporaryFile() as errors:
        done = subprocess.run(_command(job, arguments), stdout=subprocess.PIPE, stderr=errors, check=False)  # noqa: S603
        return _answer(done.stdout, done.returncode, errors)


def timed(command: Sequence[str], good: Sequence[int] = (0,)) -> Json:
    """Wall and processor seconds of a whole process, from its start to its end.

    Raises:
        Failed: it ended with another exit code than the good ones.
    """
    with tempfile.TemporaryFile() as errors:
        started, cpu = time.perf_counter(), cpu_seconds(children=True)
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=errors, check=False)  # noqa: S603
        made = {
            "wall_s": time.perf_counter() - started,
            "cpu_s": cpu_seconds(children=True) - cpu,
        }
        if done.returncode not in good:
            raise Failed(_last_words(errors, done.returncode))
    return made


def asking(name: str, index: str, query: Json) -> list[str]:
    """The command of the job ``ask``."""
    return _command("ask", {"name": name, "index": index, "query": query})


class Serving:
    """A job ``serve`` that runs until it is closed.

    Raises:
        Failed: from every method, when the process has ended.
    """

    def __init__(self, name: str, index: str) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed in close()
        self._process = subprocess.Popen(  # noqa: S603
            _command("serve", {"name": name, "index": index}),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
        )
        self._read()

    def ask(self, queries: Sequence[Json]) -> Json:
        """The figures of a batch of queries."""
        assert self._process.stdin
        try:
            self._process.stdin.write(json.dumps(queries).encode() + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError:  # reading finds out why
            pass
        return self._read()

    def end(self) -> Json:
        """Its last figures."""
        assert self._process.stdin
        self._process.stdin.close()
        return self._read()

    def _read(self) -> Json:
        assert self._process.stdout
        line = self._process.stdout.readline()
        return _answer(line, 0 if line else self._process.wait(), self._errors)

    def close(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._errors):
            if stream:
                stream.close()


def _command(job: str, arguments: Json) -> list[str]:
    return [sys.executable, "-m", "search_app.bench.child", job, json.dumps(arguments)]


def _answer(stdout: bytes, code: int, errors: IO[bytes]) -> Json:
    if code or not stdout.strip():
        raise Failed(_last_words(errors, code))
    made: Json = json.loads(stdout.splitlines()[-1])
    return made


def _last_words(errors: IO[bytes], code: int) -> str:
    errors.seek(0)
    said = errors.read().decode("utf-8", "replace").strip().splitlines()
    return said[-1] if said else f"the process ended with exit code {code}"
