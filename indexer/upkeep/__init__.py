"""Looking after an index: check, inventory, corrections, watching a folder."""
