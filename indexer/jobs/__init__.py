"""What an indexing run does: jobs for worker processes, what they return, the report."""
