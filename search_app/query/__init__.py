"""What a reader types, read: words, places and stretches of time."""
