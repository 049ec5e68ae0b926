"""Ways to make and ask an index, one module each; ``table`` has what they have in common and lists them."""
