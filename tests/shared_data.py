"""Where the shared test data lies; tests that need it are skipped with a plain line where it does not."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="no shared test data beside the checkout (../shared)")
