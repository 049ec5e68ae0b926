"""How files are opened, written and flushed, whoever keeps them."""
