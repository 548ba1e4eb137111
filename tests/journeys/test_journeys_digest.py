"""A digest at the door of an office: one mail, one reader, every letter whole, and none that was taken back."""

import io
import re
from dataclasses import replace

import digests
import people
import pypdf
import pytest
from smtp_server import SmtpServer

from campaign.outside.files import resource
from campaign.outside.mail.smtp import SmtpMailer
from campaign.outside.pdf import TypstTypesetter

FORMULA = "=SUM(A1:A9)"
TYPED = {
    0: {"paragraph": "Užaugau prie Kirkeneso.\n\nČia kasdien eidavau pro sieną.", "city": "Vadsø"},
    1: {"paragraph": "Taken back."},
    2: {"shown": "country", "country": "FI", "city": "Tampere", "answers": "campaign"},
    3: {"name": "Žaneta Ąžuolytė", "city": FORMULA, "country": "PL"},
    4: {"shown": "short", "short_name": "O. N.", "paragraph": '#set text(white) "}], [ *b* <script>'},
}


def tags(node, key):
    """What every node in a PDF's tree of tags says under a key."""
    node = node.get_object()
    if isinstance(node, list):
        return [said for one in node for said in tags(one, key)]
    if not isinstance(node, dict):
        return []
    return [str(node[key]) for _ in range(key in node)] + (tags(node["/K"], key) if "/K" in node else [])


def squeezed(words):
    """Words without any space: where a line breaks on paper is not of the letter."""
    return re.sub(r"\s", "", words)


@pytest.fixture
def arrived(loaded):
    """What a mail server took of five letters of which one was taken back, and parts to compare with."""
    with SmtpServer() as server:
        digests.let_take(loaded)
        for number, typed in TYPED.items():
            digests.write(loaded, number, **typed)
        digests.take_back(loaded, "person1@example.org")
        people.work(loaded)
        parts = replace(
            loaded,
            mailer=SmtpMailer(server.relay()),
            pdf=TypstTypesetter(resource("templates") / "pdf"),
        )
        assert digests.gather(parts) == 1
        parts.mailer.close()
        [taken] = [one for one in server.ledger if one.message["Auto-Submitted"] is None]
        yield taken


def files(taken):
    _, pdf, table = taken.message.iter_parts()
    return pdf.get_payload(decode=True), table.get_payload(decode=True)


def test_one_mail_leaves_for_one_reader(arrived):
    assert arrived.recipients == ("LRVkanceliarija@lrv.lt",)
    assert [one.addr_spec for one in arrived.message["To"].addresses] == ["LRVkanceliarija@lrv.lt"]
    assert arrived.message["List-Unsubscribe"] is None
    body = arrived.message.get_body(("plain",)).get_content()
    assert "4" in arrived.message["Subject"]
    assert "keeptheban.example/contact" in body


def test_the_table_has_every_letter_whole_and_no_formula(arrived):
    found = [list(one.values()) for one in digests.rows(files(arrived)[1])]
    assert [one[:5] for one in found] == [
        ["1", "Ona Nr0", "Vadsø", "Norvegija", "2026-11-24"],
        ["2", found[1][1], "", "Suomija", "2026-11-24"],
        ["3", "Žaneta Ąžuolytė", f"'{FORMULA}", "Lenkija", "2026-11-24"],
        ["4", "O. N.", "", "Norvegija", "2026-11-24"],
    ]
    assert "Tampere" not in "".join(found[1])
    assert "Ona" not in "".join(found[1])
    assert TYPED[0]["paragraph"] in found[0][6]
    assert TYPED[4]["paragraph"] in found[3][6]
    answers = [one[7] for one in found]
    assert answers == ["person0@example.org", answers[1], "person3@example.org", "person4@example.org"]
    assert answers[1] != "person2@example.org"


def test_the_document_has_every_letter_whole_under_its_own_heading(arrived):
    pdf, table = files(arrived)
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    said = squeezed("".join(re.sub(r"\n\d+ / \d+\s*$", "", page.extract_text()) for page in reader.pages))
    for row in digests.rows(table):
        _, _, _, _, _, subject, letter, _ = row.values()
        for paragraph in letter.split("\n\n"):
            typed = re.sub(r"(?m)^'(?=[=+@-])", "", paragraph)  # the mark that keeps a line from being a formula
            assert squeezed(typed.replace("\n- ", "\n– ").removeprefix("- ")) in said, paragraph
        assert squeezed(subject) in said
    assert "Takenback" not in said
    assert "person0@example.org" in said
    assert "person2@example.org" not in said
    headings = [one.title for one in reader.outline if not isinstance(one, list)]
    assert len(headings) == 4
    assert headings[0] == "1. Ona Nr0, Vadsø, Norvegija"
    assert headings[3] == "4. O. N., Norvegija"


def test_the_document_is_tagged_says_its_language_and_keeps_the_standards(arrived):
    root = pypdf.PdfReader(io.BytesIO(files(arrived)[0])).trailer["/Root"]
    said = root["/Metadata"].get_data().decode()
    assert root["/Lang"] == "lt"
    assert root["/MarkInfo"]["/Marked"]
    assert "<pdfuaid:part>1</pdfuaid:part>" in said
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in said
    assert {"/H1", "/H2", "/H3", "/P", "/TOC", "/TOCI", "/Link"} <= set(tags(root["/StructTreeRoot"], "/S"))
