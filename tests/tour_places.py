"""The parts of a tour that are no way from a letter to its end: one's own page, and a tablet at a stall."""

import datetime as dt

import people

from campaign.domain import schedule
from campaign.services import lend
from campaign.services.note import COMMAND_LINE


def see_own_page(tour) -> None:
    """Ask for one's own page, open all of it, put a name right, and be erased, and not."""
    asked, email = f"/{tour.language}/keep-the-ban/yours/", f"own-{tour.language}@example.org"
    tour.send("yours wrong", asked, {"email": "none"}, 422)
    tour.open("yours cut", f"/{tour.language}/yours/", 404)
    people.confirmed(tour.parts, "latvia", language=tour.language, email=email)
    people.work(tour.parts)
    people.sign(tour.parts, "lithuania", tour.language, email=email)
    tour.send("yours asked", asked, {"email": email})
    own = tour.link("yours", email)
    page = tour.open("yours", own)
    for said in ("corrected", "spoken", "kept"):
        tour.open(f"yours {said}", f"{own}{said}/")
    tour.open("yours data", f"{own}data/")
    tour.look("yours file", f"{own}data.json")
    tour.send("yours spoken to", f"{own}language/", page.form("speak").fields)
    correct(tour, next(one for one in page.links if "/correct/" in one))
    tour.open("yours erase", f"{own}erase/")
    tour.send("yours erased soon", f"{own}erase/", {"do": "erase"})
    tour.send("yours not erased", f"{own}erase/", {"do": "undo"})
    tour.parts.clock.move(schedule.YOURS_LIFE + dt.timedelta(minutes=1))
    tour.open("yours over", own, 404)


def correct(tour, path: str) -> None:
    """Put what a letter shows right, in every way that it can go."""
    form = tour.open("correct", path).form("correct")
    tour.send("correct wrong", path, form.filled(name="<b>", do="preview"), 422)
    preview = tour.send("correct preview", path, form.filled(name="Ona Nordmann-Žukauskaitė", do="preview"))
    sealed = preview.form("correct")
    tour.send("correct other words", path, sealed.filled(digest="0" * 64, do="correct"), 409)
    tour.send("correct done", path, sealed.filled(do="correct"))


def stand_at_a_stall(tour) -> None:
    """Sign on a tablet that was lent, until its days are over."""
    edition = tour.parts.editions.current("keep-the-ban")
    link = lend.lend(tour.parts, edition, COMMAND_LINE, "The square", 2).removeprefix(tour.parts.settings.base_url)
    start = f"/{tour.language}{link[3:]}"
    state = f"{start}lithuania/"
    for name, path in (("", start), (" privacy", f"{start}privacy/"), (" state", state), (" sent", f"{state}sent/")):
        tour.open(f"kiosk{name}", path)
    tour.open("kiosk nowhere", f"{start}nowhere/", 404)
    tour.send("kiosk wrong", state, {}, 422)
    tour.send("kiosk preview", state, tour.filled() | {"do": "preview"})
    tour.parts.clock.move(dt.timedelta(days=3))
    tour.open("kiosk over", start, 410)
