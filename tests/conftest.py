"""What all tests share."""

import os

from hypothesis import HealthCheck, settings

# In CI the same examples every time: a red build then means a changed program.
settings.register_profile("ci", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("here", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")
