"""The choice of a country, in the order of the alphabet that the page is written in."""

import functools
import unicodedata

from campaign.domain import country

# Letters in the order of each alphabet; what is not named sorts as the letter it is made of.
_ALPHABETS = {
    "en": "abcdefghijklmnopqrstuvwxyz",
    "nb": "abcdefghijklmnopqrstuvwxyzæøå",
    "lt": "abcčdefghijklmnopqrsštuvwxzž",
    "lv": "abcčdefgģhijkķlļmnņopqrsštuvwxzž",
    "pl": "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż",
    "et": "abcdefghijklmnopqrsšzžtuvwõäöüxy",
    "fi": "abcdefghijklmnopqrstuvwxyzåäö",
    "sv": "abcdefghijklmnopqrstuvwxyzåäö",
}
# Where most readers of a page live: those countries come before the others. English is read everywhere.
_FIRST = {"nb": ("NO",), "lt": ("LT",), "lv": ("LV",), "pl": ("PL",), "et": ("EE",), "fi": ("FI",), "sv": ("SE", "FI")}
_SAME = {("lt", "y"): "i", ("lv", "y"): "i"}  # letters that these two alphabets do not tell apart


@functools.cache
def choices(language: str) -> tuple[tuple[str, str], ...]:
    """List (code, name) of every country: first where the language is at home, then in the order of its alphabet."""
    first = _FIRST.get(language, ())

    def place(pair: tuple[str, str]) -> tuple[int, tuple[int, ...], tuple[str, str]]:
        return (first.index(pair[0]) if pair[0] in first else len(first), _order(pair[1], language), pair)

    return tuple(sorted(country.choices(language), key=place))


def _order(name: str, language: str) -> tuple[int, ...]:
    """Give the place of every letter of a name in the alphabet; spaces and hyphens come before letters."""
    alphabet = _ALPHABETS.get(language, _ALPHABETS["en"])
    return tuple(place for letter in name.lower() for place in _places(letter, alphabet, language))


def _places(letter: str, alphabet: str, language: str) -> tuple[int, ...]:
    letter = _SAME.get((language, letter), letter)
    if letter in alphabet:
        return (alphabet.index(letter) + 1,)
    base = unicodedata.normalize("NFD", letter)[0]
    if base in alphabet:
        return (alphabet.index(base) + 1,)
    return (0,) if letter in " -" else ()
