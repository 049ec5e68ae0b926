"""Indexing, searching, serving and reporting where nothing is there that only Linux and macOS have.

See ``like_windows/sitecustomize.py`` for what is pretended. This is not Windows: it shows that our own code asks for
nothing that Windows lacks, and that no file is replaced or removed while somebody has it open.
"""

import os
import re
import subprocess
import sys
from pathlib import Path
from unicodedata import normalize
from urllib.request import urlopen

import pytest

HERE = Path(__file__).parent / "like_windows"
ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-c", "from search_app.cli import main; main()"]

pytestmark = pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="which files are open is read from /proc")


def environment(**more: str) -> dict[str, str]:
    paths = os.pathsep.join([str(HERE), str(ROOT)])
    ours = {"LIKE_WINDOWS": "1", "PYTHONPATH": paths, "PYTHONWARNDEFAULTENCODING": "1", "PYTHONIOENCODING": "cp1258"}
    return {**os.environ, **ours, **more}


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_a_day_of_an_index(engine: str, tmp_path: Path) -> None:
    pytest.importorskip(engine)
    done = subprocess.run(
        [sys.executable, str(HERE / "day.py"), engine, str(tmp_path)],
        capture_output=True,
        env=environment(),
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    assert b"Traceback" not in done.stderr
    assert "Thanh Hóa và Hàn Quốc hợp tác" in normalize("NFC", done.stdout.decode("cp1258"))
    assert (tmp_path / "tin.docx").stat().st_size > 5_000
    assert len(list((tmp_path / "index" / "engine").glob("generation-*"))) <= 2


def test_serving_with_several_processes(index_dir: Path) -> None:
    started = subprocess.Popen(
        [*COMMAND, "serve", "--index", str(index_dir), "--port", "0", "--workers", "2"],
        stdout=subprocess.PIPE,
        text=True,
        env=environment(),
    )
    try:
        address = re.search(r"http://[^/]+", started.stdout.readline()).group()
        with urlopen(f"{address}/api/search?q=hop+tac", timeout=20) as answer:
            assert answer.status == 200
    finally:
        started.terminate()
        started.wait(30)
        started.stdout.close()


REFUSED = """
import os, sys
held = open(sys.argv[1], "w", encoding="utf-8")
tried = ["import fcntl", "from signal import SIGHUP", "import os; os.getuid()", "import os; assert os.name == 'posix'",
         f"import os; os.remove({sys.argv[1]!r})", f"import os; os.open({os.getcwd()!r}, os.O_RDONLY)"]
for one in tried:
    try:
        exec(one, {"__name__": "indexer.somewhere"})
    except (ImportError, AttributeError, AssertionError, PermissionError):
        continue
    print(one)
"""


def test_the_pretence_holds(tmp_path: Path) -> None:
    command = [sys.executable, "-c", REFUSED, str(tmp_path / "open")]
    done = subprocess.run(command, capture_output=True, env=environment(), check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
