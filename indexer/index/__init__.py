"""What a reader opens beside the engine: rows of syllables, counts over the archive."""
