"""From a saved Vietnamese news page to a searchable record. Knows nothing of the web."""
