"""The address that opens a letter in a mail program: whole, or not at all."""

from urllib.parse import parse_qs, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from campaign.domain.mailto import LONGEST, mail_link


def test_it_holds_recipient_subject_and_body_and_nothing_else():
    link = mail_link("office@example.lt", "Grįžkite & pasilikite", "Gerbiamas Prezidente!\n\n100 % = a+b?\n")
    assert link == (
        "mailto:office@example.lt?subject=Gr%C4%AF%C5%BEkite%20%26%20pasilikite"
        "&body=Gerbiamas%20Prezidente%21%0D%0A%0D%0A100%20%25%20%3D%20a%2Bb%3F"
    )


def test_an_office_without_an_address_leaves_the_recipient_open():
    assert mail_link("", "A", "B").startswith("mailto:?subject=")


def test_an_address_cannot_add_recipients_or_headers():
    assert mail_link("a?bcc=x@example.org&b,c@example.org", "A", "B").startswith(
        "mailto:a%3Fbcc%3Dx@example.org%26b%2Cc@example.org?subject="
    )


def test_what_would_be_cut_off_is_not_offered():
    around = len(mail_link("a@example.org", "A", "x")) - 1
    assert len(mail_link("a@example.org", "A", "x" * (LONGEST - around))) == LONGEST
    assert mail_link("a@example.org", "A", "x" * (LONGEST - around + 1)) == ""
    assert mail_link("a@example.org", "A", "ž" * (LONGEST // 6)) == ""


@given(st.text(max_size=100), st.text(max_size=100))
def test_any_words_come_out_as_they_went_in(subject, text):
    subject, text = (one.encode("utf-8", "ignore").decode() for one in (subject, text))
    link = mail_link("a@example.org", subject, text)
    assert link.isascii()
    found = parse_qs(urlsplit(link).query, keep_blank_values=True)
    assert set(found) == {"subject", "body"}
    assert found["subject"] == [subject]
    assert found["body"][0].replace("\r\n", "\n") == text.rstrip("\n")
