"""What is shown of an answer: snippets, facet values, exports, citations."""
