"""Mailto: the address that opens a letter in one's own mail program (RFC 6068)."""

from urllib.parse import quote

LONGEST = 1_900  # characters; some systems cut off what they hand on near 2,000, and say nothing


def mail_link(address: str, subject: str, text: str) -> str:
    """Write the address of a mail with recipient, subject and body; empty when it would be too long.

    `address` may be empty: the recipient is then left to the sender. Line ends become CRLF, as section 5 asks.
    """
    body = "\r\n".join(text.rstrip("\n").split("\n"))
    link = f"mailto:{quote(address, safe='@')}?subject={quote(subject, safe='')}&body={quote(body, safe='')}"
    return link if len(link) <= LONGEST else ""
