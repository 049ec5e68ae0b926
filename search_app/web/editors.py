"""Who may correct: one secret from the settings, a signed cookie, forms that no other site can send.

Nothing of this is there unless ``timbao serve --editor`` asks for it. There are no accounts: who knows the secret is an
editor, until the browser is closed or :data:`SIGNED_IN_SECONDS` are over. A change of the secret signs everybody out.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
import time
from collections import deque
from dataclasses import dataclass
from threading import Lock
from typing import Any, Literal
from urllib.parse import urlsplit

from flask import Flask, Request, Response, current_app, g, request
from itsdangerous import BadData, URLSafeTimedSerializer

from indexer.errors import SettingsError
from indexer.settings import Settings

EDITORS = "timbao.editors"
"""Where an app that lets editors in keeps its :class:`Editors`."""

FORWARDED = "timbao.forwarded"
"""The key under which our server says what a proxy told of a request (a dictionary of the headers of :data:`TOLD`)."""

TOLD = ("HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED", "HTTP_VIA")

LEAST_SECRET = 16
"""Characters of a secret: of letters at random 75 bits, where 60 guesses a minute try 25 in a year."""

SIGNED_IN_SECONDS = 8 * 3600
"""A day's work."""

GUESSES, GUESSES_OF_ALL, GUESS_SECONDS = 5, 60, 60.0
"""Wrong secrets from one address, and from all, in so many seconds, after which nobody may guess. In each process."""

_COOKIE, _GUEST = "timbao-editor", "timbao-guest"
_LOOPBACK_NAMES = frozenset({"localhost", "ip6-localhost"})

Transport = Literal["local", "tls"]


class Guesses:
    """Counts wrong secrets. Safe to share between threads."""

    def __init__(self) -> None:
        self._made: deque[tuple[float, str]] = deque()
        self._lock = Lock()

    def wait(self, address: str, now: float) -> float:
        """Seconds until a guess from this address is looked at; 0 where it is at once."""
        with self._lock:
            while self._made and now - self._made[0][0] >= GUESS_SECONDS:
                self._made.popleft()
            own = [at for at, by in self._made if by == address]
            oldest = own[-GUESSES] if len(own) >= GUESSES else None
            if len(self._made) >= GUESSES_OF_ALL:
                oldest = self._made[-GUESSES_OF_ALL][0]
        return 0.0 if oldest is None else oldest + GUESS_SECONDS - now

    def wrong(self, address: str, now: float) -> None:
        """Count one."""
        with self._lock:
            self._made.append((now, address))


@dataclass(frozen=True, slots=True)
class Editors:
    """What an app knows of its editors."""

    settings: Settings
    digest: bytes
    key: bytes
    signer: URLSafeTimedSerializer
    guesses: Guesses
    trusted: frozenset[str]

    @classmethod
    def of(cls, settings: Settings) -> Editors:
        """Those that the settings let in.

        Raises:
            SettingsError: there is no secret, or a short one, or the server listens to others without TLS before it.
        """
        secret = settings.editor_secret or ""
        if len(secret) < LEAST_SECRET:
            said = f"has only {len(secret)} characters" if secret else "is missing"
            raise SettingsError(
                f"--editor wants a secret of at least {LEAST_SECRET} characters in TIMBAO_EDITOR_SECRET, or as"
                f" editor_secret in timbao.toml; it {said}"
            )
        proxies = frozenset(filter(None, (one.strip() for one in settings.trusted_proxies.split(","))))
        if not is_loopback(settings.host) and not proxies:
            raise SettingsError(
                f"--editor does not listen on {settings.host} in the clear: listen on 127.0.0.1, or name in"
                " trusted_proxies the proxy that ends TLS and sends X-Forwarded-Proto: https"
            )
        # Made dear to try: whoever has a cookie or a form can try secrets against what is signed in it, at leisure.
        key = hashlib.scrypt(secret.encode(), salt=b"timbao.editors", n=2**14, r=8, p=1, dklen=32)
        signer = URLSafeTimedSerializer(key, salt=_COOKIE, signer_kwargs={"digest_method": hashlib.sha256})
        return cls(settings, _digest(secret), key, signer, Guesses(), proxies)

    def is_secret(self, given: str) -> bool:
        """Whether this is the secret, in a time that says nothing of it."""
        return hmac.compare_digest(_digest(given), self.digest)

    def transport(self, asked: Request) -> Transport | None:
        """How a request came: from this machine, through TLS as a trusted proxy says, or None: to be refused."""
        peer = asked.environ.get("REMOTE_ADDR") or ""
        told: dict[str, str] = asked.environ.get(FORWARDED) or _told(asked.environ)
        trusted = is_loopback(peer) or peer in self.trusted
        schemes = {one.strip().lower() for one in told.get("HTTP_X_FORWARDED_PROTO", "").split(",")}
        if trusted and schemes == {"https"}:
            return "tls"
        if self._has_proxy or told or not is_loopback(peer):
            return None
        return "local" if is_loopback(urlsplit(f"//{asked.host}").hostname or "") else None

    @property
    def _has_proxy(self) -> bool:
        """Whether readers come through a proxy: one that tells nothing of itself would make everybody local."""
        public = self.settings.public_url
        return bool(public) and not is_loopback(urlsplit(public).hostname or "")

    def address(self, asked: Request) -> str:
        """Where a guess comes from: the client of a trusted proxy, as that one says."""
        peer = asked.environ.get("REMOTE_ADDR") or ""
        told: dict[str, str] = asked.environ.get(FORWARDED) or _told(asked.environ)
        if is_loopback(peer) or peer in self.trusted:
            return told.get("HTTP_X_FORWARDED_FOR", peer).rpartition(",")[2].strip()[:45]
        return peer

    def same_origin(self, asked: Request) -> bool:
        """Whether a form was sent from a page of ours, as far as the browser says; old ones say nothing."""
        if asked.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
            return False
        origin = asked.headers.get("Origin")
        if origin is None:
            return True
        ours = {asked.host, urlsplit(self.settings.public_url).netloc} - {""}
        return urlsplit(origin).netloc in ours

    # -- cookies ------------------------------------------------------------------------------------------------------

    def visit(self, asked: Request) -> str | None:
        """What names the visit of an editor who has signed in; None for anybody else."""
        return self._nonce(asked, _COOKIE, SIGNED_IN_SECONDS)

    def guest(self, asked: Request) -> str | None:
        """What names the visit of somebody who was shown the form to sign in."""
        return self._nonce(asked, _GUEST, SIGNED_IN_SECONDS)

    def _nonce(self, asked: Request, cookie: str, seconds: int) -> str | None:
        try:
            nonce = self.signer.loads(asked.cookies.get(cookie, ""), max_age=seconds, salt=cookie)
        except BadData:
            return None
        return nonce if isinstance(nonce, str) else None

    def token(self, visit: str) -> str:
        """What a form of a visit has to send along."""
        return hmac.new(self.key, f"form {visit}".encode(), hashlib.sha256).hexdigest()

    def is_token(self, visit: str | None, given: str) -> bool:
        """Whether a form belongs to a visit."""
        return visit is not None and hmac.compare_digest(self.token(visit).encode(), given.encode())

    def begin(self, response: Response, *, editor: bool) -> str:
        """A new visit, of an editor or of somebody who may become one; what names it."""
        nonce = secrets.token_urlsafe(16)
        name = _COOKIE if editor else _GUEST
        response.set_cookie(name, str(self.signer.dumps(nonce, salt=name)), **_cookie(self.transport(request)))
        return nonce

    def end(self, response: Response) -> None:
        """Forget who this was."""
        response.delete_cookie(_COOKIE, **_cookie(self.transport(request)))


def _cookie(transport: Transport | None) -> dict[str, Any]:
    """A cookie that no script reads and no other site sends."""
    path = f"{request.script_root}/"
    return {"httponly": True, "samesite": "Strict", "secure": transport == "tls", "path": path}


def _told(environ: dict[str, Any]) -> dict[str, str]:
    return {name: environ[name] for name in TOLD if name in environ}


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def is_loopback(host: str) -> bool:
    """Whether a host is this machine alone.

    >>> [is_loopback(one) for one in ("127.0.0.1", "::1", "localhost", "0.0.0.0", "bao.example")]
    [True, True, True, False, False]
    """
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() in _LOOPBACK_NAMES


def install(app: Flask, settings: Settings) -> None:
    """Let editors in, and tell the templates who is one.

    Raises:
        SettingsError: see :meth:`Editors.of`.
    """
    app.extensions[EDITORS] = Editors.of(settings)
    app.jinja_env.globals["editor"] = is_editor


def editors() -> Editors:
    """Those of the app that is answering, which lets some in."""
    found: Editors = current_app.extensions[EDITORS]
    return found


def is_editor() -> bool:
    """Whether an editor asks, by a way that editors may come."""
    if "is_editor" not in g:
        known = editors()
        g.is_editor = known.visit(request) is not None and known.transport(request) is not None
    return bool(g.is_editor)


def now() -> float:
    """The clock that guesses are counted by."""
    return time.monotonic()
