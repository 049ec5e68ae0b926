"""What makes files that timbao ships from their sources. For developers; not installed with it."""
