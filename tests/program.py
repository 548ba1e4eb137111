"""Another program, as tests need one: it has a key, knows one address, and goes on by links alone."""

from collections.abc import Iterator
from typing import Any

from sites import build

from campaign.domain.scope import SCOPES
from campaign.parts import Parts
from campaign.services import keyring
from campaign.services.keyring import Wanted
from campaign.services.note import COMMAND_LINE

ROOT = "/api/osdi/v1/"
Document = dict[str, Any]


class Program:
    """A client of OSDI that is strict: what is not HAL, or sets a cookie, fails it."""

    def __init__(self, parts: Parts, *scopes: str, campaign: str = "") -> None:
        """Get a key with these scopes, or with all of them."""
        self.parts = parts
        self.key = keyring.create(parts, COMMAND_LINE, Wanted("a program", scopes or SCOPES, campaign))
        self.headers = {"OSDI-API-Token": self.key}
        self.client = build(parts).test_client(use_cookies=False)

    def open(self, href: str, method: str = "GET", status: int = 200, **more: Any) -> Document:
        """Follow a link."""
        path = href.removeprefix(self.parts.settings.base_url)
        answer = self.client.open(path, method=method, headers=self.headers, **more)
        assert answer.status_code == status, answer.get_data(as_text=True)
        assert answer.content_type == "application/hal+json"
        assert "Set-Cookie" not in answer.headers
        kept = answer.headers["Cache-Control"]
        assert kept == "no-store" or (status == 200 and kept == "max-age=0, private, must-revalidate")
        return answer.json

    def list(self, rel: str, **asked: str) -> Document:
        """Open one of the entry point's lists."""
        return self.open(self.open(ROOT)["_links"][rel]["href"], query_string=asked)

    def state(self, rel: str, code: str = "LT") -> Document:
        """The advocacy campaign or petition of a state."""
        return next(one for one in self.list(rel)["_embedded"][rel] if one["campaign:state"] == code)

    def of_state(self, rel: str, inner: str, **asked: str) -> Document:
        """A list of a state's: signatures of its petition, outreaches of its advocacy campaign."""
        return self.open(self.state(rel)["_links"][inner]["href"], query_string=asked)

    def walk(self, page: Document, rel: str) -> Iterator[Document]:
        """Read a list to its end, page after page."""
        while True:
            yield from page["_embedded"][rel]
            if "next" not in page["_links"]:
                return
            page = self.open(page["_links"]["next"]["href"])

    def record(self, body: Any, status: int = 200, rel: str = "osdi:advocacy_campaigns", **more: Any) -> Document:
        """Post to the helper of Lithuania."""
        name = "outreach" if rel == "osdi:advocacy_campaigns" else "signature"
        href = self.state(rel)["_links"][f"osdi:record_{name}_helper"]["href"]
        return self.open(href, "POST", status, json=body, **more)


def ids(documents: Any) -> list[str]:
    """The ids of documents, in their order."""
    return [one["identifiers"][0] for one in documents]
