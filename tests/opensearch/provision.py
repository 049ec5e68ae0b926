"""The jars of a test node: fetched by Maven, checked against their pinned checksums, kept in the user's cache.

    python tests/opensearch/provision.py

Needs ``mvn`` and a JDK of version 17 or later. ``node/pom.xml`` names the versions, ``node/jars.sha256`` every jar.
With ``TIMBAO_TEST_OPENSEARCH=3`` it is the newest version that is tried, of ``node3``, which needs Java 21 or later:
``TIMBAO_TEST_JAVA_HOME`` names it where ``java`` is an older one.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

NODE = (
    Path(__file__).resolve().parent
    / {"": "node", "2": "node", "3": "node3"}[os.environ.get("TIMBAO_TEST_OPENSEARCH", "")]
)


def java(program: str = "java") -> str:
    """A program of the JDK that runs the nodes."""
    home = os.environ.get("TIMBAO_TEST_JAVA_HOME")
    return str(Path(home) / "bin" / program) if home else program


def home() -> Path:
    """Where the jars lie: ``$TIMBAO_TEST_JARS``, else below the user's cache. A folder a set of pins."""
    pins = hashlib.sha256((NODE / "jars.sha256").read_bytes() + (NODE / "TestNode.java").read_bytes()).hexdigest()
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return Path(os.environ.get("TIMBAO_TEST_JARS") or cache / "timbao" / f"opensearch-{pins[:12]}")


def jars() -> dict[str, str]:
    """File name -> checksum of every jar."""
    lines = (NODE / "jars.sha256").read_text().splitlines()
    pinned = [line.split() for line in lines]
    return {"-".join(coordinates.split(":")[1:]) + ".jar": checksum for coordinates, checksum in pinned}


def missing() -> str | None:
    """Why no cluster can be started here, in one line; None where it can."""
    if not shutil.which(java()):
        return "no Java to run an OpenSearch cluster with"
    if not (home() / "TestNode.class").is_file():
        return "no jars of an OpenSearch cluster: python tests/opensearch/provision.py"
    return None


def provision() -> Path:
    """Fetch what is missing, check all of it, compile the node."""
    folder = home()
    folder.mkdir(parents=True, exist_ok=True)
    if any(not (folder / name).is_file() for name in jars()):
        maven = ["mvn", "-q", "-B", "-f", str(NODE / "pom.xml"), "dependency:copy-dependencies"]
        subprocess.run([*maven, f"-DoutputDirectory={folder}"], check=True)
    for name, checksum in jars().items():
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != checksum:
            (folder / name).unlink()
            sys.exit(f"{name} is not what was pinned; it was removed from {folder}")
    subprocess.run([java("javac"), "-cp", f"{folder}/*", "-d", str(folder), str(NODE / "TestNode.java")], check=True)
    return folder


if __name__ == "__main__":
    print(provision())
