"""Start ``timbao demo`` as installed, wait until it says its address, ask it one question and stop it.

python tests/quality/demo_answers.py PATH-OF-TIMBAO
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import urllib.request

SECONDS = 120


def main() -> None:
    """Exit with a message unless the demo answers."""
    demo = subprocess.Popen([sys.argv[1], "demo", "--port", "0"], stdout=subprocess.PIPE, text=True)
    try:
        assert demo.stdout is not None
        address = next((found[0] for line in demo.stdout if (found := re.search(r"http://\S+/", line))), None)
        if address is None:
            sys.exit("timbao demo ended without an address")
        with urllib.request.urlopen(f"{address}api/search?q=h%E1%BB%A3p+t%C3%A1c", timeout=SECONDS) as answer:
            total = json.load(answer)["total"]
        with urllib.request.urlopen(address, timeout=SECONDS) as page:
            styled = "stylesheet" in page.read().decode()
        if not total or not styled:
            sys.exit(f"timbao demo answered {total} articles, style sheet {styled}")
        print(f"timbao demo answers: {total} articles for one query")
    finally:
        demo.terminate()
        demo.wait(SECONDS)


if __name__ == "__main__":
    main()
