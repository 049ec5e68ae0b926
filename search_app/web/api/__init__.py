"""The same answers for programs, and their description in OpenAPI."""
