"""The oldest and the newest Python of this machine that timbao is for: version and path, a line each.

Looked for on PATH and among pyenv's, also those that pyenv's shims do not give out. Left out are those below
``requires-python``, pre-releases, builds without the global lock (which most wheels are not for) and those that cannot
make a virtual environment.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
ASK = (
    "import sys, sysconfig, venv, ensurepip; final = sys.version_info.releaselevel == 'final'; "
    "print(*sys.version_info[:3]) if final and not sysconfig.get_config_var('Py_GIL_DISABLED') else None"
)


def candidates() -> list[Path]:
    """Paths that may be a Python."""
    folders = [Path(one) for one in os.environ.get("PATH", "").split(os.pathsep) if one]
    on_path = [path for one in folders for path in one.glob("python3*") if re.fullmatch(r"python3(\.\d+)?", path.name)]
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    return [*on_path, *pyenv.glob("versions/*/bin/python3")]


def version(path: Path) -> tuple[int, ...] | None:
    """What a Python says it is; None for one that is not for us, or none at all."""
    try:
        answer = subprocess.run(  # noqa: S603 - found where Pythons lie
            [path, "-c", ASK], capture_output=True, text=True, timeout=60, cwd="/"
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return tuple(map(int, answer.stdout.split())) if answer.returncode == 0 and answer.stdout.strip() else None


def main() -> int:
    """Print them; 1 if there is none."""
    least = re.search(r'^requires-python = ">=(\d+)\.(\d+)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert least is not None
    found = {told: path for path in candidates() if (told := version(path)) and told >= (int(least[1]), int(least[2]))}
    for one in dict.fromkeys([min(found), max(found)] if found else []):
        print(".".join(map(str, one)), found[one])
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
