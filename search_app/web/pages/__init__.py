"""The pages for readers: search, articles, the cooperation table, and what they take along."""
