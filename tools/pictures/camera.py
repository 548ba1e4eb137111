"""The camera: an installed Chromium that opens each page once and takes it in every width and scheme asked for."""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Error, Page

from tools.pictures.pages import ORGANISERS, Shot, file_name
from tools.pictures.world import COOKIE, World

PHONE, TABLET, DESK = ("phone", 360, 740), ("tablet", 768, 1024), ("desk", 1280, 900)
SIZES = {name: (width, height) for name, width, height in (PHONE, TABLET, DESK)}
SCHEMES = ("light", "dark")
PATIENCE = 30_000  # milliseconds


@dataclass(frozen=True)
class Wanted:
    """What pictures are taken: whose names begin so, in which languages (all where none is named), widths, schemes."""

    only: tuple[str, ...]
    languages: tuple[str, ...]
    widths: tuple[str, ...]
    schemes: tuple[str, ...]

    def takes(self, name: str) -> bool:
        """Whether a page, or a mail, is wanted."""
        return not self.only or name.startswith(self.only)

    def spoken(self, shot: Shot) -> Sequence[str]:
        """In which languages a page is wanted: any for those that have several, else English."""
        if not self.languages:
            return shot.languages
        return self.languages if "{lang}" in shot.path else shot.languages

    def sizes(self, shot: Shot) -> Sequence[str]:
        """In which widths a page is wanted; tablets are for organisers."""
        named = self.widths or tuple(SIZES)
        return [one for one in named if one != TABLET[0] or self.widths or shot in ORGANISERS]


def take(
    browser: Browser, world: World, shots: Sequence[Shot], wanted: Wanted, folder: Path, failed: list[str]
) -> Iterator[Path]:
    """Take the pictures of pages; gives the file of each. What could not be come to is said in `failed`."""
    with contextlib.ExitStack() as open_now:
        contexts = {
            name: open_now.enter_context(browser.new_context(reduced_motion="reduce", locale="en-GB"))
            for name in ("nobody", *world.cookies)
        }
        for name, cookie in world.cookies.items():
            contexts[name].add_cookies([{"name": COOKIE, "value": cookie, "url": world.base}])
        for shot in shots:
            for language in wanted.spoken(shot):
                try:
                    yield from _one(contexts[shot.who], world, shot, language, wanted, folder)
                except Error as error:
                    failed.append(f"{shot.name} {language}: {error.message.splitlines()[0]}")


def _one(
    context: BrowserContext, world: World, shot: Shot, language: str, wanted: Wanted, folder: Path
) -> Iterator[Path]:
    with context.new_page() as page:
        page.set_default_timeout(PATIENCE)
        page.goto(world.base + shot.path.format(lang=language, **world.values))
        if shot.do is not None:
            shot.do(page)
        yield from _views(page, shot, language, wanted, folder)


def take_mails(browser: Browser, world: World, wanted: Wanted, folder: Path) -> Iterator[Path]:
    """Take the pictures of mails as HTML; gives the file of each."""
    with browser.new_context(java_script_enabled=False, offline=True) as context:
        for name, message in world.mails.items():
            kind, _, language = name.rpartition("-")
            shot = Shot(f"mail-{kind}", "")
            if wanted.takes(shot.name) and language in (wanted.languages or (language,)):
                with context.new_page() as page:
                    page.set_content(message.html)
                    yield from _views(page, shot, language, wanted, folder)


def _views(page: Page, shot: Shot, language: str, wanted: Wanted, folder: Path) -> Iterator[Path]:
    for size in wanted.sizes(shot):
        width, height = SIZES[size]
        page.set_viewport_size({"width": width, "height": height})
        for scheme in wanted.schemes or SCHEMES:
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
            path = folder / file_name(shot, language, size, scheme)
            page.screenshot(path=path, full_page=True, animations="disabled")
            yield path
