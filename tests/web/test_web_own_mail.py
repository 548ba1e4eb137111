"""Sending a letter from one's own mailbox: everything to copy, and a link where it fits."""

from page import Page

from campaign.domain.mailto import LONGEST
from campaign.services.preview import by_mailbox


def copied(page, what):
    """The texts to copy of a kind, one a letter."""
    fields = [one for one in page.all("textarea") if one.get("id", "").startswith(f"self-{what}-")]
    assert all(one.get("readonly") is not None and one.get("name") is None for one in fields)
    return fields


def test_every_letter_of_a_preview_can_be_copied_whole(ona, loaded):
    state = loaded.editions.current("keep-the-ban").state("lithuania")
    letters = by_mailbox(state, tuple(one.office for one in state.officials))
    page = Page(ona.post(do="preview", paragraph="My </textarea> words"), typed="")
    texts = copied(page, "text")
    assert len(texts) == len(copied(page, "subject")) == len(letters)
    assert {one.text for one in copied(page, "to")} == {address for address, _ in letters if address}
    for one in texts:
        assert one.get("lang") == "lt"
        assert "My </textarea> words" in one.text
        assert "Ona Nordmann" in one.text
    openings = {one.text.partition("\n")[0] for one in texts}
    assert len(openings) == len(letters)


def test_a_preview_links_to_the_mail_program_only_where_all_of_it_fits(ona):
    page = Page(ona.post(do="preview", letter_language="en"))
    links = [one for one in page.links if one.startswith("mailto:")]
    assert all(len(one) <= LONGEST for one in links)
    long = Page(ona.post(do="preview", letter_language="en", paragraph="ž" * 1_000))
    assert [one for one in long.links if one.startswith("mailto:")] == []
    assert len(copied(long, "text")) == len(copied(page, "text"))


def test_a_short_letter_has_its_link_with_recipient_subject_and_body(loaded):
    """A letter of the bundled campaign is longer than many mail programs take; others may be short."""
    from campaign.domain.letter import Block, RenderedLetter  # noqa: PLC0415
    from campaign.services.preview import PreviewedLetter  # noqa: PLC0415

    short = RenderedLetter("en", "Stay", (Block("text", "Dear President,"), Block("signature", "Ona")))
    one = PreviewedLetter(("president",), "office@example.org", short, None)
    assert one.mail_link == "mailto:office@example.org?subject=Stay&body=Dear%20President%2C%0D%0A%0D%0AOna"
