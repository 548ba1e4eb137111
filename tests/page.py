"""A page as its readers have it. Whatever page a test looks at, it is checked here first."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from xml.etree.ElementTree import Element

import content
import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from campaign.outside.words import LANGUAGES, Catalogues

_HTML = "{http://www.w3.org/1999/xhtml}"
_UNFILLED = re.compile(r"\{\{|\}\}|\{%|%\([a-z_]+\)s|\bNone\b|\bUndefined\b|\bobject at 0x")
_NOT_SHOWN = ("script", "style", "template")
_LABELLED = ("input", "select", "textarea")
_WORDS = Catalogues()


@dataclass(frozen=True)
class Form:
    """A form as a browser would send it: `fields` hold what stands in it when the page opens."""

    id: str
    method: str
    action: str | None
    fields: dict[str, str]
    required: frozenset[str]
    choices: dict[str, tuple[str, ...]]
    buttons: tuple[tuple[str, str, str], ...] = field(default=())  # (name, value, words), in order

    def filled(self, **changed: str | None) -> dict[str, str]:
        """Fill fields in; None takes a tick away. A name is written with _ for its hyphens where it has any."""
        known = {name.replace("-", "_"): name for name in (*self.fields, *self.choices)}
        given = {known.get(name, name): value for name, value in changed.items()}
        return {name: value for name, value in {**self.fields, **given}.items() if value is not None}


@lru_cache(maxsize=64)
def _parsed(html: str) -> Element:
    """Read HTML, which must be valid; the same page is read once, for that takes longest."""
    return html5lib.HTMLParser(strict=True).parse(html)


class Page:
    """A page, already found to be in order: valid, with one heading, labels, and nothing inline or unfilled."""

    def __init__(self, answer: TestResponse, status: int = 200, typed: str = "") -> None:
        """Read an answer and check it; `status` is the one expected, `typed` what may look like a template."""
        assert answer.status_code == status, (answer.status_code, answer.get_data(as_text=True)[:2000])
        assert answer.content_type == "text/html; charset=utf-8"
        assert "Set-Cookie" not in answer.headers
        self.answer = answer
        self.html = answer.get_data(as_text=True)
        self.root = _parsed(self.html)
        assert content.faults(self.root) == []
        self._check_words(typed)
        self._check_ids()
        self._check_labels()
        self._check_nothing_inline()

    def all(self, name: str) -> list[Element]:
        """Every element of a name, in order."""
        return list(self.root.iter(_HTML + name))

    def by_id(self, name: str) -> Element:
        """The element with an id."""
        return next(one for one in self.root.iter() if one.get("id") == name)

    @property
    def title(self) -> str:
        """The title of the window."""
        return text_of(self.all("title")[0])

    @property
    def heading(self) -> str:
        """The one heading of the first rank."""
        return text_of(self.all("h1")[0])

    @property
    def text(self) -> str:
        """All that can be read in the page's main part."""
        return text_of(self.all("main")[0])

    @property
    def links(self) -> list[str]:
        """Where the links of the main part lead."""
        return [one.get("href", "") for one in self.all("main")[0].iter(_HTML + "a")]

    @property
    def problems(self) -> dict[str, str]:
        """The error summary: id of the field -> sentence; each stands beside its field in the same words."""
        if not any(one.get("id") == "problems" for one in self.root.iter()):
            return {}
        links = list(self.by_id("problems").iter(_HTML + "a"))
        found = {one.get("href", "")[1:]: text_of(one) for one in links}
        said = text_of(self.root)
        for name, sentence in found.items():
            assert sentence in said, sentence
            assert self.by_id(name).tag in {_HTML + one for one in _LABELLED}
        return found

    def form(self, name: str) -> Form:
        """The form with an id."""
        element = self.by_id(name)
        assert element.tag == _HTML + "form"
        found = Form(name, element.get("method", "get"), element.get("action"), {}, frozenset(), {})
        required, buttons = set(), []
        for one in element.iter():
            key, kind = one.get("name", ""), _name(one)
            if kind == "button":
                buttons.append((key, one.get("value", ""), text_of(one)))
            elif kind in _LABELLED and one.get("type") != "button":
                required |= {key} if one.get("required") is not None else set()
                _take(one, kind, key, found)
        return Form(name, found.method, found.action, found.fields, frozenset(required), found.choices, tuple(buttons))

    def _check_words(self, typed: str) -> None:
        language = self.all("html")[0].get("lang")
        assert language in LANGUAGES
        assert len(self.all("h1")) == 1
        start = self.title.removeprefix(f"{_WORDS.text(language, 'frame.error')}: ")
        assert start.startswith(self.heading), (self.title, self.heading)
        shown = [text for one in self.root.iter() if _name(one) not in _NOT_SHOWN for text in (one.text, one.tail)]
        said = [*shown, *(value for one in self.root.iter() for value in one.attrib.values())]
        assert [text for text in said if text and _UNFILLED.search(text.replace(typed, ""))] == []

    def _check_ids(self) -> None:
        ids = [one.get("id") for one in self.root.iter() if one.get("id") is not None]
        assert sorted(ids) == sorted(set(ids))
        pointed = [
            target
            for one in self.root.iter()
            for attribute in ("aria-describedby", "aria-labelledby", "for")
            for target in one.get(attribute, "").split()
        ]
        assert [target for target in pointed if target not in ids] == []

    def _check_labels(self) -> None:
        labelled = {one.get("for") for one in self.all("label")}
        fields = [one for kind in _LABELLED for one in self.all(kind) if one.get("type") not in ("hidden", "button")]
        assert [one.get("name") for one in fields if one.get("id") not in labelled] == []
        assert [one.get("name") for one in fields if one.get("placeholder")] == []

    def _check_nothing_inline(self) -> None:
        assert self.all("style") == []
        run = [one for one in self.all("script") if one.get("type") != "application/ld+json"]
        assert [one for one in run if not one.get("src") or (one.text or "").strip()] == []
        attributes = [name for one in self.root.iter() for name in one.attrib]
        assert [name for name in attributes if name == "style" or name.startswith("on")] == []
        assert "javascript:" not in self.html


def _name(element: Element) -> str:
    return element.tag.removeprefix(_HTML) if isinstance(element.tag, str) else ""


def _take(element: Element, kind: str, name: str, form: Form) -> None:
    if kind == "select":
        options = list(element.iter(_HTML + "option"))
        form.choices[name] = tuple(one.get("value", "") for one in options)
        chosen = [one for one in options if one.get("selected") is not None] or options[:1]
        form.fields[name] = chosen[0].get("value", "")
    elif kind == "textarea":
        form.fields[name] = element.text or ""
    elif element.get("type") in ("checkbox", "radio"):
        form.choices[name] = (*form.choices.get(name, ()), element.get("value", "on"))
        if element.get("checked") is not None:
            form.fields[name] = element.get("value", "on")
    else:
        form.fields[name] = element.get("value", "")


def text_of(element: Element) -> str:
    """What can be read in an element, spaces made one."""
    return " ".join("".join(element.itertext()).split())


def visit(client: FlaskClient, path: str, status: int = 200, **given) -> Page:
    """Open a page."""
    return Page(client.get(path, **given), status)
