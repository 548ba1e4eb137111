"""The catalogues: every word a person reads, by key, in eight languages."""

import io
from gettext import GNUTranslations
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from campaign.domain import dates

LANGUAGES: dict[str, str] = {
    "en": "English",
    "nb": "norsk bokmål",
    "lt": "lietuvių",
    "lv": "latviešu",
    "pl": "polski",
    "et": "eesti",
    "fi": "suomi",
    "sv": "svenska",
}
FALLBACK = "en"
_FOLDER = Path(__file__).resolve().parent.parent / "locale"


class Catalogues:
    """Finds the words for a key; a key that no catalogue has is an error of ours, and is raised."""

    def __init__(self, folder: Path = _FOLDER) -> None:
        """Read catalogues from `<folder>/<language>/LC_MESSAGES/*.po`, each language when it is first asked for."""
        self._folder = folder
        self._read: dict[str, GNUTranslations] = {}

    def _catalogue(self, language: str) -> GNUTranslations:
        found = self._read.get(language)
        if found is None:
            found = self._read[language] = self._merged(language)
        return found

    def _merged(self, language: str) -> GNUTranslations:
        merged: GNUTranslations | None = None
        for path in sorted((self._folder / language / "LC_MESSAGES").glob("*.po")):
            compiled = io.BytesIO()
            with path.open("rb") as file:
                write_mo(compiled, read_po(file, locale=language))
            compiled.seek(0)
            one = GNUTranslations(compiled)
            if merged is None:
                merged = one
            else:
                merged._catalog.update(one._catalog)  # type: ignore[attr-defined]  # noqa: SLF001  gettext's only way to merge
        if merged is None:
            if language == FALLBACK:
                raise FileNotFoundError(f"this installation lacks its catalogues in {self._folder}")
            return self._catalogue(FALLBACK)
        return merged

    def raw(self, language: str, key: str) -> str:
        """The words of a key with their placeholders unfilled.

        Raises KeyError when neither the language nor English has them.
        """
        for one in (language, FALLBACK):
            found = self._catalogue(one).gettext(key)
            if found != key:
                return found
        raise KeyError(key)

    def raw_plural(self, language: str, key: str, count: int) -> str:
        """The words of a key for a number of things, placeholders unfilled.

        Raises KeyError when neither the language nor English has them.
        """
        for one in (language, FALLBACK):
            found = self._catalogue(one).ngettext(key, key, count)
            if found != key:
                return found
        raise KeyError(key)

    def text(self, language: str, key: str, **values: object) -> str:
        """The words of a key with values put in once: `%(name)s`."""
        return self.raw(language, key) % values

    def plural(self, language: str, key: str, count: int, **values: object) -> str:
        """The words of a key for a number of things; the number itself is `%(n)s`, written the language's way."""
        return self.raw_plural(language, key, count) % {"n": dates.number(count, language), **values}

    def forms(self, language: str, key: str) -> dict[str, str]:
        """The words of a key for every kind of whole number that the language has, `#` where the number stands.

        Kinds are named as CLDR and browsers name them (one, few, other); what is said of none stands under "0" where
        it is another than that of its kind. Raises KeyError when neither the language nor English has the key.
        """
        found: dict[str, str] = {}
        for count in (*range(1, 101), 0):
            said = self.raw_plural(language, key, count) % dict.fromkeys(("n", "figure"), "#")
            if found.setdefault(dates.plural_kind(count, language), said) != said:
                found[str(count)] = said
        return found
