"""tantivy behind the engines' contract."""
