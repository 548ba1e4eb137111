"""The whole way in a real browser in each language, on a phone and at a desk; every word of it in that language.

With and without scripts alternate, so that each language is gone both ways, and so are the phone and the desk.
"""

import re
from functools import cache
from pathlib import Path

import programs
import pytest
import visitor
from babel.messages.pofile import read_po
from playwright.sync_api import Locator, Page

from campaign.outside import words

pytestmark = pytest.mark.browser

# Each to a state whose offices are written to in another language, so that both letters stand on the page, and have
# addresses that somebody checked, so that a letter leaves.
WAYS = {
    "en": "finland",
    "nb": "latvia",
    "lt": "finland",
    "lv": "finland",
    "pl": "lithuania",
    "et": "latvia",
    "fi": "latvia",
    "sv": "lithuania",
}
DEVICES = {
    "phone": {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True},
    "desk": {"viewport": {"width": 1280, "height": 900}},
}
LOCALE = Path(words.__file__).resolve().parents[1] / "locale"
LEAST = 12  # characters; shorter ones may stand in a language by chance
_PLACEHOLDER = re.compile(r"%\(\w+\)s|%%")
# All that a person sees or hears in the page's own language; what is marked as being in another is left out.
_SAID = """() => {
  const language = document.documentElement.lang, said = [document.title];
  const isOurs = element => element.closest("[lang]").lang === language;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    if (isOurs(walker.currentNode.parentElement)) said.push(walker.currentNode.data);
  }
  for (const element of document.querySelectorAll("*")) {
    for (const name of ["aria-label", "alt", "title", "placeholder", "content"]) {
      if (element.hasAttribute(name) && isOurs(element)) said.push(element.getAttribute(name));
    }
  }
  return said.join(" ").replace(/\\s+/g, " ");
}"""


@cache
def catalogue(language: str) -> dict[str, tuple[str, ...]]:
    """Every text of a language by its key."""
    found = {}
    for path in sorted((LOCALE / language / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as file:
            for one in read_po(file, locale=language):
                key = one.id[0] if isinstance(one.id, tuple) else one.id
                found[key] = one.string if isinstance(one.string, tuple) else (one.string,)
    return {key: tuple(filter(None, texts)) for key, texts in found.items() if key}


def pieces(texts: tuple[str, ...]) -> set[str]:
    """What stands between the values of a text, where it is long enough to tell languages apart."""
    parts = (" ".join(part.split()) for text in texts for part in _PLACEHOLDER.split(text))
    return {part for part in parts if len(part) > LEAST}


@cache
def foreign(language: str) -> frozenset[str]:
    """English pieces that may not stand on a page in a language: those that it has words of its own for."""
    own = catalogue(language)
    said = {piece for texts in own.values() for piece in pieces(texts)}
    english = (pieces(texts) for key, texts in catalogue(words.FALLBACK).items() if own.get(key))
    return frozenset(piece for found in english for piece in found if not any(piece in one for one in said))


class Way:
    """One person's way; every page that it leads to is read as it is reached."""

    def __init__(self, page: Page, base: str, language: str, device: str) -> None:
        self.page, self.base, self.language = page, base, language
        self.has_touch = device == "phone"
        self.state, self.email = WAYS[language], f"ona-{language}-{device}@example.org"

    def press(self, what: Locator) -> None:
        """Press what leads to another page, as one does on this device."""
        with self.page.expect_navigation():
            what.tap() if self.has_touch else what.click()

    def read(self, path: str = "") -> None:
        """See that a page is where and what it should be, and in its language."""
        self.page.wait_for_load_state()
        assert self.page.url.startswith(f"{self.base}{path}")
        assert self.page.evaluate("document.documentElement.lang") == self.language
        said = self.page.evaluate(_SAID)
        keys = set(re.findall(r"[a-z-]+(?:\.[a-z0-9_-]+)+", said)) & catalogue(words.FALLBACK).keys()
        assert (self.page.url, sorted(keys)) == (self.page.url, [])
        assert "%(" not in said
        if self.language != words.FALLBACK:
            left = sorted(piece for piece in foreign(self.language) if piece in said)
            assert (self.page.url, left) == (self.page.url, [])

    def sign(self) -> None:
        """From the campaign's page over the state's to the form, its preview, and the page after signing."""
        campaign, page = f"/{self.language}/keep-the-ban/", self.page
        page.goto(self.base + campaign)
        self.read(campaign)
        # The state's card; its shape on the map comes first, and the middle of that may lie under a neighbour.
        self.press(page.locator(f"main a[href='{campaign}{self.state}/']").last)
        self.read(f"{campaign}{self.state}/")
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
        page.locator("#sign [autocomplete=name]").fill("Ona Nordmann-Žukauskaitė")
        page.locator("#sign [autocomplete=email]").fill(self.email)
        page.locator("#sign [autocomplete=country]").select_option("NO")
        page.locator("#sign textarea[name=paragraph]").fill("Žodžiai, ord, słowa, sanat.")
        page.locator("#sign input[type=checkbox][required]").check()
        self.press(page.locator("#sign button[name=do][value=preview]").first)
        self.read(f"{campaign}{self.state}/")
        assert "Žodžiai, ord, słowa, sanat." in page.locator("main").inner_text()
        self.press(page.locator("#sign button[type=submit]:not([name])").first)
        self.read(f"{campaign}{self.state}/sent/")

    def link(self) -> str:
        """Open the mail at the mailbox, once it is there, and give its link."""
        page = self.page

        def is_there() -> bool:
            page.goto(f"{self.base}/mailbox/")
            return page.locator("main li", has_text=self.email).count() > 0

        visitor.until(is_there, seconds=60, every=0.3)
        self.read("/mailbox/")
        self.press(page.locator("main li", has_text=self.email).first.locator("a").first)
        self.read("/mailbox/")
        assert page.locator("pre.mail").get_attribute("lang") == self.language
        return page.locator("main a[href*='/confirm/']").first.get_attribute("href")

    def confirm(self, link: str) -> None:
        """Press, read that a letter has left, and take the signature back."""
        page = self.page
        page.goto(link)
        self.read(f"/{self.language}/confirm/")
        self.press(page.locator("#confirm button[type=submit]").first)
        self.read(f"/{self.language}/confirm/")
        assert page.locator("#confirm").count() == 0
        visitor.until(self.has_left, seconds=60, every=0.5)
        self.read(f"/{self.language}/confirm/")
        self.press(page.locator("main a[href*='/withdraw/']").first)
        self.read(f"/{self.language}/withdraw/")
        self.press(page.locator("#withdraw button[type=submit]").first)
        self.read(f"/{self.language}/withdraw/")
        assert page.locator("#withdraw").count() == 0

    def has_left(self) -> bool:
        """Whether the page after the press, opened again, says of a letter that it has left."""
        self.page.reload()
        [words] = catalogue(self.language)["status.accepted"]
        return words in self.page.locator("main").inner_text()


@pytest.fixture(scope="module")
def base(databases, tmp_path_factory):
    """The program as a newcomer runs it: embedded database and worker, mails kept in the home."""
    address = databases.copy("sqlite", "loaded")
    with programs.served(env=programs.environment(address, tmp_path_factory.mktemp("home"))) as base:
        yield base


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("language", WAYS)
def test_the_whole_way_is_in_the_language_it_began_in(browser, base, language, device):
    has_scripts = (list(WAYS).index(language) + list(DEVICES).index(device)) % 2 == 0
    faults = []
    with browser.new_context(**DEVICES[device], locale=language, java_script_enabled=has_scripts) as context:
        context.route(lambda url: not url.startswith(base), lambda route: route.abort())
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda asked: None if asked.url.startswith(base) else faults.append(asked.url))
        way = Way(page, base, language, device)
        way.sign()
        way.confirm(way.link())
    assert faults == []


def test_every_language_goes_the_way():
    assert WAYS.keys() == words.LANGUAGES.keys()


def test_english_words_would_be_found(browser, base):
    """The same reading, of an English page as if it were in each of the others."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{base}/en/keep-the-ban/lithuania/")
        said = page.evaluate(_SAID)
    for language in WAYS.keys() - {words.FALLBACK}:
        assert sum(piece in said for piece in foreign(language)) > 20, language
