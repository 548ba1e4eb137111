"""The directory of offices taken away as a file, changed there, and brought back with a look at what changes."""

import csv
import io
import re

import people
import pytest
from organisers import Organiser
from page import Page
from sites import build

PATH = "/organise/offices/import/"


@pytest.fixture
def ona(loaded):
    """An organiser who sees to offices."""
    return Organiser(loaded, "ona@example.org").accept("campaigner")


def taken(organiser):
    """The directory as it is taken away, line by line."""
    answer = organiser.client.get("/organise/offices/csv")
    assert answer.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(answer.get_data(as_text=True))))


def table(rows, delimiter=","):
    made = io.StringIO()
    writer = csv.DictWriter(made, rows[0].keys(), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return made.getvalue()


def bring(organiser, text, **fields):
    """Send a table as a file."""
    raw = text if isinstance(text, bytes) else text.encode()
    return send(organiser.client, raw, form_key=organiser.key(), **fields)


def send(client, raw, path=PATH, name="file", **fields):
    """Send a form with a file as browsers do."""
    parts = [f'--edge\r\nContent-Disposition: form-data; name="{one}"\r\n\r\n{fields[one]}\r\n' for one in fields]
    head = f'--edge\r\nContent-Disposition: form-data; name="{name}"; filename="offices.csv"\r\n'
    body = "".join(parts).encode() + head.encode() + b"Content-Type: text/csv\r\n\r\n" + raw + b"\r\n--edge--\r\n"
    return client.post(path, data=body, content_type="multipart/form-data; boundary=edge")


def sealed(page):
    return re.search(r'name="sealed"\s+value="([^"]+)"', page.html)[1]


def office(parts, state="lithuania", name="president"):
    return parts.editions.current(people.CAMPAIGN).state(state).official(name)


def changed(rows):
    """What an organiser types into the file: an address and its page, and a title."""
    for row in rows:
        if (row["state"], row["office"]) == ("lithuania", "president"):
            row |= {"email": "office@president.example", "source": "https://president.example/contact"}
            row["title_en"] = "President of the Republic"
    return rows


def test_what_was_taken_away_changes_nothing_when_it_is_brought_back(ona):
    rows = taken(ona)
    assert len(rows) == len({(row["state"], row["office"]) for row in rows}) > 20
    page = Page(bring(ona, table(rows)))
    assert "stands here already" in page.html


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_file_is_looked_at_first_and_stored_when_that_is_confirmed(loaded, ona, delimiter):
    page = Page(bring(ona, table(changed(taken(ona)), delimiter)))
    assert "Nothing is stored yet" in page.html
    for said in ("office@president.example", "President of the Republic", "not one of the state"):
        assert said in page.html
    assert office(loaded).official.title.get("en") != "President of the Republic"
    done = ona.press(PATH, do="confirm", sealed=sealed(page), reason="the new list")
    assert done.headers["Location"] == "/organise/offices/?said=imported&count=3"
    assert "3 changes were made." in ona.page(done.headers["Location"]).html
    assert office(loaded).official.title["en"] == "President of the Republic"
    assert office(loaded).email == ""  # nobody has verified it
    shown = ona.page("/organise/offices/lithuania/president/").html
    assert "office@president.example" in shown
    assert "somebody else verifies it" in shown
    assert "stands here already" in Page(bring(ona, table(taken(ona)))).html


def test_a_table_can_be_pasted(ona):
    text = "state,office,email,source\nLT,president,office@president.example,https://president.example/\n"
    assert "Nothing is stored yet" in Page(ona.press(PATH, table=text)).html


def test_everything_wrong_is_told_by_line_and_nothing_is_stored(loaded, ona):
    rows = changed(taken(ona))
    rows[3]["email"] = "=cmd()"
    rows[5]["office"] = "king"
    page = Page(bring(ona, table(rows)), status=422)
    assert "Line 5: the cell under email begins like a formula" in page.html
    rows[3]["email"] = "office@president.example"
    rows[3]["source"] = "heard of it"
    rows[5]["office"] = taken(ona)[5]["office"]
    assert "Line 5: an address needs the page" in Page(bring(ona, table(rows)), status=422).html
    rows[3] |= {"email": "", "source": ""}
    rows[5]["office"] = "king"
    assert "no office king" in Page(bring(ona, table(rows)), status=422).html
    assert "sealed" not in page.html
    assert office(loaded).official.title.get("en") != "President of the Republic"


@pytest.mark.parametrize("raw", [b"PK\x03\x04rest", "state,office".encode("utf-16"), "štate".encode("cp1257"), b""])
def test_another_file_called_csv_is_refused_in_a_sentence(ona, raw):
    page = Page(bring(ona, raw), status=422)
    assert 'id="problems"' in page.html


def test_many_offices_at_one_private_address_are_told(ona):
    rows = [row | {"email": "a@private.example", "source": "https://private.example/"} for row in taken(ona)]
    page = Page(bring(ona, table(rows)))
    assert "stands on several lines" in page.html
    assert page.html.count("not one of the state") == len(rows)


def test_a_confirmation_is_for_whoever_looked_and_for_what_they_saw(loaded, ona):
    page = Page(bring(ona, table(changed(taken(ona)))))
    egle = Organiser(loaded, "egle@example.org").accept("owner")
    assert egle.press(PATH, do="confirm", sealed=sealed(page), reason="hers").status_code == 422
    assert ona.press(PATH, do="confirm", sealed="made up", reason="mine").status_code == 422
    egle.press("/organise/offices/lithuania/president/", do="set", email="o@president.example", source="https://a.lt/")
    late = ona.press(PATH, do="confirm", sealed=sealed(page), reason="mine")
    assert "has changed since you looked" in Page(late, status=409).html
    assert office(loaded).official.title.get("en") != "President of the Republic"


def test_a_file_as_large_as_it_may_be_is_read_and_a_larger_one_is_not(ona):
    large = b"state,office,email,source\n" + b"\n" * (5 * 1024 * 1024 - 40)
    assert bring(ona, large).status_code == 422  # read, and found empty
    assert bring(ona, b"x" * (5 * 1024 * 1024 + 1)).status_code == 422
    assert bring(ona, b"x" * (6 * 1024 * 1024)).status_code == 413


def test_a_file_is_taken_nowhere_else_and_from_nobody_else(loaded, ona):
    assert send(ona.client, b"x", "/organise/offices/", form_key=ona.key()).status_code == 415
    away = send(build(loaded).test_client(), b"x" * 1_000_000)
    assert away.headers["Location"].startswith("/organise/login/")
    assert send(ona.client, b"x", name="picture", form_key=ona.key()).status_code == 415
