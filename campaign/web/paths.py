"""The addresses of pages in one language, as links write them."""

from dataclasses import dataclass
from typing import Literal

from campaign.outside.words import LANGUAGES

LANGUAGE = f"<any({', '.join(LANGUAGES)}):lang>"  # the first part of every page's address, in a route
# Where a form stands: on its own page, inside a page of another site, on a tablet that many people use.
Place = Literal["page", "embed", "kiosk"]
FRAMES: dict[Place, str] = {"page": "page.html", "embed": "frames/embed.html", "kiosk": "frames/kiosk.html"}
WITHOUT_CAMPAIGN = ("privacy", "accessibility")  # pages of the whole site, above any campaign


@dataclass(frozen=True, slots=True)
class Paths:
    """Writes the addresses of a campaign's pages in a language, from the root, without the host."""

    language: str
    slug: str
    place: Place = "page"
    device: str = ""  # the token of the tablet, where the place is one

    def campaign(self) -> str:
        """The campaign's own page; on a tablet the one that it starts with."""
        if self.place == "kiosk":
            return f"/{self.language}/kiosk/{self.device}/"
        return f"/{self.language}/{self.slug}/"

    def state(self, slug: str) -> str:
        """The page of a state, at the same place."""
        inside = "embed/" if self.place == "embed" else ""
        return f"{self.campaign()}{slug}/{inside}"

    def whole(self, slug: str) -> str:
        """The page of a state on this site, whatever the place at hand."""
        return f"/{self.language}/{self.slug}/{slug}/"

    def sent(self, slug: str) -> str:
        """The page that follows a signature: look in your mail."""
        return f"{self.state(slug)}sent/"

    def logged(self, slug: str) -> str:
        """The page that follows "I sent it myself"."""
        return f"{self.state(slug)}logged/"

    def code(self) -> str:
        """The page that takes a code instead of a link."""
        return f"/{self.language}/{self.slug}/code/"

    def yours(self) -> str:
        """The page that sends a link to one's own page."""
        return f"/{self.language}/{self.slug}/yours/"

    def page(self, name: str) -> str:
        """A page to read: evidence, faq, glossary, interventions, timeline, privacy, accessibility."""
        if self.place == "kiosk" and name == "privacy":
            return f"{self.campaign()}{name}/"
        return f"/{self.language}/{name}/" if name in WITHOUT_CAMPAIGN else f"/{self.language}/{self.slug}/{name}/"


def in_language(path: str, language: str) -> str:
    """Return the address of the same page in another language; addresses begin with it."""
    _, _, rest = path.removeprefix("/").partition("/")
    return f"/{language}/{rest}"
