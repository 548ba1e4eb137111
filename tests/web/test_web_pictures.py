"""What is passed on or put up: pictures with the count, codes, posters; for the campaign and every state."""

import io
import struct
from dataclasses import replace

import pypdf
import pytest
from sites import build

from campaign.outside.files import resource
from campaign.outside.pdf import TypstTypesetter

TYPESETTER = TypstTypesetter(resource("templates") / "pdf")
LANGUAGES = ("en", "nb", "lt", "lv", "pl", "et", "fi", "sv")


@pytest.fixture
def client(loaded):
    """A visitor of a site that sets paper and pictures for real."""
    return build(replace(loaded, pdf=TYPESETTER)).test_client()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", ["", "lithuania/"])
def test_a_picture_is_a_png_of_the_size_that_is_asked_for(client, language, place):
    answer = client.get(f"/{language}/keep-the-ban/{place}picture.png")
    assert answer.status_code == 200
    assert answer.mimetype == "image/png"
    assert answer.data[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", answer.data[16:24]) == (1200, 630)
    assert "max-age" in answer.headers["Cache-Control"]
    assert client.get(answer.request.path, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_poster_says_what_is_asked_where_it_is_and_leads_there(client, language):
    answer = client.get(f"/{language}/keep-the-ban/finland/poster.pdf")
    page = pypdf.PdfReader(io.BytesIO(answer.data))
    assert len(page.pages) == 1
    text = "".join(page.pages[0].extract_text().split())
    assert f"/{language}/keep-the-ban/finland/" in text
    links = [one.get_object()["/A"]["/URI"] for one in page.pages[0]["/Annots"]]
    assert links == [f"http://127.0.0.1:8000/{language}/keep-the-ban/finland/?source=poster"]


def test_a_code_to_scan_is_a_drawing_without_scripts(client):
    answer = client.get("/pl/keep-the-ban/poland/qr.svg")
    assert answer.mimetype == "image/svg+xml"
    assert answer.data.startswith(b"<svg")
    assert b"<script" not in answer.data


@pytest.mark.parametrize(
    "path", ["/en/keep-the-ban/nowhere/picture.png", "/en/no-such/poster.pdf", "/xx/keep-the-ban/qr.svg"]
)
def test_what_is_not_there_has_no_picture(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheets_for_a_stall_hold_the_letter_four_slips_and_a_page_to_count_on(client, language):
    answer = client.get(f"/{language}/keep-the-ban/lithuania/sheet.pdf")
    assert "max-age" in answer.headers["Cache-Control"]
    document = pypdf.PdfReader(io.BytesIO(answer.data))
    letter, slips, box = (" ".join(page.extract_text().split()) for page in document.pages)
    edition = client.application.extensions["campaign"].editions.current("keep-the-ban")
    heading = edition.state("LT").state.write_to[language]
    assert (heading in letter, slips.count(heading), heading in box) == (True, 4, False)
    assert slips.count(edition.cause.organisation) == 4
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert b"pdfuaid:part" in answer.data or "pdfuaid" in str(document.xmp_metadata.stream.get_data())
