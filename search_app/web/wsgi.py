"""The web app for other servers of WSGI: ``search_app.web.wsgi:app``.

Settings come from ``timbao.toml`` in the working directory and from ``TIMBAO_*``. What ``timbao serve`` does beside
answering is that server's to do: bounds for slow clients, processes, reloading.
"""

from __future__ import annotations

from indexer.settings import Settings
from search_app.web.app import create_app

app = create_app(Settings.load())
