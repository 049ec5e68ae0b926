"""A host that speaks HTTP and misbehaves as it is told, for tests of the client."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

HANG, DROP = "hang", "drop"
OK = (200, {"well": True})


class Host:
    """A host that answers as it was told, one instruction a request, the last one for ever."""

    def __init__(self, *told: Any) -> None:
        self.told, self.asked = list(told), list[tuple[str, str, dict[str, str]]]()
        self.sent: list[bytes] = []
        self.gone = threading.Event()
        host = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do(self) -> None:
                host.sent.append(self.rfile.read(int(self.headers.get("content-length") or 0)))
                host.asked.append((self.command, self.path, dict(self.headers)))
                told = host.told.pop(0) if len(host.told) > 1 else host.told[0]
                if told == HANG:
                    host.gone.wait(20)
                if told in (HANG, DROP):
                    self.close_connection = True
                    return
                status, body = told
                data = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = do_PUT = do  # noqa: N815

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self.gone.set()
        self._server.shutdown()
        self._server.server_close()
