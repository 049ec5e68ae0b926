"""The catalogue: every article as it was read, and what editors said of it."""
