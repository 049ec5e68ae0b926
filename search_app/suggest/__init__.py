"""Completion, spelling, related articles, the same story elsewhere."""
