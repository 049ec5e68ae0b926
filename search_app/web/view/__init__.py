"""What the pages' templates are given."""
