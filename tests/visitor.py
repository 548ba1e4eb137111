"""A visitor over plain HTTP: reads pages, finds the form by its id, fills it by what its markup says, presses."""

import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self
from xml.etree.ElementTree import Element

import html5lib


class _Still(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


_OPENER = urllib.request.build_opener(_Still, urllib.request.ProxyHandler({}))


@dataclass
class Page:
    """An answer: where it came from, its status, headers and text."""

    url: str
    status: int
    headers: dict[str, str]
    text: str

    @property
    def tree(self) -> Element:
        return html5lib.parse(self.text, treebuilder="etree", namespaceHTMLElements=False)

    def form(self, form_id: str) -> "Form":
        found = self.tree.find(f".//form[@id='{form_id}']")
        assert found is not None, f"{self.status} at {self.url}: no form {form_id}"
        return Form(self, found)


class Form:
    """A form with the values it came with; what a person must still do is told by its markup."""

    def __init__(self, page: Page, element: Element) -> None:
        self.page = page
        self.element = element
        self.values: dict[str, str] = {}
        for one in element.iter():
            name, kind = one.get("name"), one.get("type", "text")
            if name is None or one.tag not in ("input", "select", "textarea"):
                continue
            if kind in ("checkbox", "radio"):
                if one.get("checked") is not None:
                    self.values[name] = one.get("value", "on")
            elif one.tag == "select":
                options = one.findall(".//option")
                chosen = [option for option in options if option.get("selected") is not None] or options[:1]
                self.values[name] = chosen[0].get("value", "") if chosen else ""
            else:
                self.values[name] = one.get("value", "") if one.tag == "input" else (one.text or "")

    def by_autocomplete(self, token: str) -> str:
        """The name of the field with an autocomplete token."""
        return next(one.get("name") for one in self.element.iter() if one.get("autocomplete") == token)

    def fill(self, **values: str) -> Self:
        self.values |= values
        return self

    def sign_as(self, name: str, email: str, country: str) -> Self:
        """Fill in a person, and tick what is required."""
        given = {"name": name, "email": email, "country": country}
        self.values |= {self.by_autocomplete(token): value for token, value in given.items()}
        for one in self.element.iter("input"):
            if one.get("type") == "checkbox" and one.get("required") is not None:
                self.values[one.get("name")] = one.get("value", "on")
        for one in self.element.iter("textarea"):
            if one.get("autocomplete") == "street-address":
                self.values[one.get("name")] = "Storgata 1\n0155 Oslo"
        return self

    def submit(self, **more: str) -> Page:
        return post(self.page.url, self.values | more)


def get(url: str, **headers: str) -> Page:
    return _open(urllib.request.Request(url, headers=headers))  # noqa: S310  the test's own server


def post(url: str, values: dict[str, str], **headers: str) -> Page:
    data = urllib.parse.urlencode(values).encode()
    return _open(urllib.request.Request(url, data=data, headers=headers, method="POST"))  # noqa: S310  as above


def _open(request: urllib.request.Request) -> Page:
    try:
        with _OPENER.open(request, timeout=30) as answer:
            return Page(request.full_url, answer.status, dict(answer.headers), answer.read().decode())
    except urllib.error.HTTPError as answer:
        with answer:
            return Page(request.full_url, answer.code, dict(answer.headers), answer.read().decode())


def sign(base: str, state: str, email: str, name: str = "Ona Nordmann", language: str = "en") -> Page:
    """Sign a state's letter from its page, as a person does."""
    page = get(f"{base}/{language}/keep-the-ban/{state}/")
    return page.form("sign").sign_as(name, email, "NO").submit()


def press(link: str) -> Page:
    """Open the page of a link in a mail and press its button with everything ticked."""
    page = get(link)
    form = page.form("confirm")
    for one in form.element.iter("input"):
        if one.get("type") == "checkbox":
            assert one.get("checked") is not None
    return form.submit()


def link_in(text: str, purpose: str = "confirm") -> str:
    """The address of a link in a mail's plain text."""
    return re.search(rf"https?://\S+/{purpose}/[A-Za-z0-9_=-]+/", text).group(0)


def until(is_so: Callable[[], object], seconds: float = 30, every: float = 0.1) -> None:
    """Wait until something is so; fails when it takes too long."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "waited too long"
        time.sleep(every)
