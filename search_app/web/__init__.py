"""The browser's side: pages for people, JSON for programs."""

from search_app.web.app import create_app

__all__ = ["create_app"]
