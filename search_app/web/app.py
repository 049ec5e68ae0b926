"""The browser's side: pages for people, JSON for programs, both through one :class:`SearchService`.

What a page shows was rendered here, from escaped text; no saved page is ever served, and no page needs JavaScript.
"""

from __future__ import annotations

from flask import Flask

from indexer.settings import Settings
from search_app.service import SearchService
from search_app.web import addresses, editors, failures, headers, limits, rendering, validators
from search_app.web.api import routes as api
from search_app.web.i18n import language
from search_app.web.limits import EXPORTS
from search_app.web.pages import cooperation, editing, exports, facets, listing, search, tile_map
from search_app.web.service_holder import ServiceHolder
from search_app.web.view import display, drawing

__all__ = ["create_app"]


def create_app(settings: Settings, service: SearchService | None = None) -> Flask:
    """The web application over the index that the settings name, or over a service that is given.

    The index is opened by the first request that needs it, so the app starts without one and says what to do.

    Raises:
        SettingsError: editors are to be let in, and cannot be safely.
    """
    app = Flask(__name__)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.config["MAX_CONTENT_LENGTH"] = 64 * 1024  # nothing is ever uploaded
    app.config["CRAWLERS"] = settings.crawlers
    app.extensions[EXPORTS] = limits.Exports()
    app.extensions[ServiceHolder.NAME] = ServiceHolder(settings, service)
    addresses.install(app, settings)
    language.install(app)
    display.install(app)
    drawing.install(app)
    headers.install(app, crawlers=settings.crawlers)
    failures.install(app)
    limits.install(app)
    validators.install(app)
    app.register_blueprint(search.blueprint)
    app.register_blueprint(facets.blueprint)
    app.register_blueprint(exports.blueprint)
    app.register_blueprint(listing.blueprint)
    app.register_blueprint(cooperation.blueprint)
    app.register_blueprint(tile_map.blueprint)
    app.register_blueprint(api.blueprint)
    if settings.editor:
        editors.install(app, settings)
        app.register_blueprint(editing.blueprint)
    rendering.install(app)
    return app
