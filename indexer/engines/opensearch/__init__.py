"""OpenSearch behind the engines' contract: an index that several machines hold, read and write."""
