"""From a tagged article to what an engine and the forward index store."""
