"""Whoosh behind the engines' contract."""
