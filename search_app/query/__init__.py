"""What a reader types: as a tree, and how each word of it may be spelt."""
