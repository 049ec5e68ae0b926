"""What differs between Linux, macOS and Windows: nobody outside this folder asks which of them it is.

``files`` has what is done to open and mapped files, ``names`` how files are called, ``processes`` what processes ask of
the system and what they have used. Modules and signals that only some systems have are imported here, where they are
used, and not before.
"""

from __future__ import annotations

import os
import sys

WINDOWS = os.name == "nt"
MACOS = sys.platform == "darwin"
