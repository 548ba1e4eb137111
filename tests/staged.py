"""Pages that a tour has met, put before a browser as they stood, each under an address of its own."""

import contextlib
import threading
from collections.abc import Iterable, Iterator

from page import Page
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Response


class _Silent(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        """Say nothing of each request."""


@contextlib.contextmanager
def staged(app, pages: dict[str, Page]) -> Iterator[dict[str, str]]:
    """Serve pages, and what they ask for from the site itself; gives the address of each by its name."""
    texts = {f"/staged/{number}/": page.html for number, page in enumerate(pages.values())}

    def answer(environ, start_response) -> Iterable[bytes]:
        text = texts.get(environ["PATH_INFO"])
        if text is None:
            return app.wsgi_app(environ, start_response)
        return Response(text, mimetype="text/html")(environ, start_response)

    server = make_server("127.0.0.1", 0, answer, threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    base = f"http://127.0.0.1:{server.server_port}"
    yield {name: base + path for name, path in zip(pages, texts, strict=True)}
    server.shutdown()
    thread.join()
    server.server_close()
