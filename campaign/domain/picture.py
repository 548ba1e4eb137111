"""What stands on a picture for sharing and on a poster: words and figures only, set by templates of their own."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture for sharing. `share` of the goal is from 0 to 1; `count` is its sentence, empty while there is none.

    `opening` is how a letter begins, in `opening_language`; `home` says whose it is and where.
    """

    language: str
    heading: str
    lede: str
    opening: str
    opening_language: str
    count: str
    share: float
    home: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Poster:
    """A poster on A4. `address` is what its code leads to, `words` what scanning does, `promise` what happens then."""

    language: str
    heading: str
    lede: str
    address: str
    words: str
    promise: str
    home: str


def told_down(count: int) -> int:
    """Round a count down to two digits, or tens below a hundred: what a picture may say for a while and be true."""
    if count < 100:
        return count // 10 * 10
    step = int("1" + "0" * (len(str(count)) - 2))
    return count // step * step
