"""The addresses of pages in one language, as links write them."""

from dataclasses import dataclass

from campaign.outside.words import LANGUAGES

LANGUAGE = f"<any({', '.join(LANGUAGES)}):lang>"  # the first part of every page's address, in a route
WITHOUT_CAMPAIGN = ("privacy", "accessibility")  # pages of the whole site, above any campaign


@dataclass(frozen=True, slots=True)
class Paths:
    """Writes the addresses of a campaign's pages in a language, from the root, without the host."""

    language: str
    slug: str

    def campaign(self) -> str:
        """The campaign's own page."""
        return f"/{self.language}/{self.slug}/"

    def state(self, slug: str) -> str:
        """The page of a state."""
        return f"/{self.language}/{self.slug}/{slug}/"

    def sent(self, slug: str) -> str:
        """The page that follows a signature: look in your mail."""
        return f"/{self.language}/{self.slug}/{slug}/sent/"

    def logged(self, slug: str) -> str:
        """The page that follows "I sent it myself"."""
        return f"/{self.language}/{self.slug}/{slug}/logged/"

    def code(self) -> str:
        """The page that takes a code instead of a link."""
        return f"/{self.language}/{self.slug}/code/"

    def page(self, name: str) -> str:
        """A page to read: evidence, faq, glossary, interventions, timeline, privacy, accessibility."""
        return f"/{self.language}/{name}/" if name in WITHOUT_CAMPAIGN else f"/{self.language}/{self.slug}/{name}/"


def in_language(path: str, language: str) -> str:
    """Return the address of the same page in another language; addresses begin with it."""
    _, _, rest = path.removeprefix("/").partition("/")
    return f"/{language}/{rest}"
