"""Other sites whose pages hold a form: allowed by the campaign, and with a policy of their own."""

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from sqlalchemy import select

from campaign.models.campaign import CampaignRow
from campaign.parts import Parts

PARTNER = "https://partner.example"


def allow(parts: Parts, *origins: str) -> None:
    """Let pages of these origins hold the form of every campaign."""
    with parts.writing() as session:
        for campaign in session.scalars(select(CampaignRow)):
            campaign.cause = replace(campaign.cause, embeds=origins)
            campaign.revision += 1
        session.commit()


class _Host(BaseHTTPRequestHandler):
    """One page, whose policy allows what docs/embedding.md asks for and nothing else."""

    page, site = "", ""

    def do_GET(self) -> None:
        body = self.page.encode()
        self.send_response(200)
        policy = f"default-src 'none'; script-src {self.site}/embed.js; frame-src {self.site}; style-src 'none'"
        self.send_header("Content-Security-Policy", policy)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def hosted(lines: str, site: str) -> Iterator[str]:
    """Serve a page with these lines from an origin of its own; gives the origin."""
    page = (
        f'<!DOCTYPE html><html lang="en"><title>Partner</title><main><h1>Partner</h1>{lines}<p>After.</p></main></html>'
    )
    handler = type("Host", (_Host,), {"page": page, "site": site})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
