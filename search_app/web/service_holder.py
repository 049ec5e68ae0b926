"""Where the app gets its service from."""

from __future__ import annotations

from threading import Lock
from typing import ClassVar

from flask import current_app

from indexer.settings import Settings
from search_app.service import SearchService


class ServiceHolder:
    """Opens the index when it is first needed, and again after it could not be used.

    A reader who sees "no index yet", makes one and reloads the page gets the answer, without a restart.
    """

    NAME: ClassVar[str] = "timbao"

    def __init__(self, settings: Settings, service: SearchService | None) -> None:
        self._settings = settings
        self._service = service
        self._given = service is not None
        self._lock = Lock()

    def service(self) -> SearchService:
        """The service. Raises IndexMissing, IndexOutdated or IndexBroken."""
        with self._lock:
            if self._service is None:
                self._service = SearchService.open(self._settings)
            return self._service

    def forget(self) -> None:
        """Open the index anew next time: this one has become unusable. Left to the requests still in it to finish."""
        with self._lock:
            if not self._given:
                self._service = None


def holder() -> ServiceHolder:
    """The holder of the app that is answering."""
    found: ServiceHolder = current_app.extensions[ServiceHolder.NAME]
    return found


def service() -> SearchService:
    """The service of the app that is answering."""
    return holder().service()
