"""Mail bodies: one form of every text, and quoted-printable for the wire."""

from campaign.outside.mail.header import LINE_LENGTH

_SPACE = ord(" ")
_LITERAL = frozenset(range(_SPACE, 127)) - {ord("=")}
_WRITTEN = tuple(chr(byte) if byte in _LITERAL else f"={byte:02X}" for byte in range(256))


def canonical(text: str) -> str:
    """Bring a text into the form in which bodies are compared: line ends as LF, the last line ended too."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return lines if lines.endswith("\n") else f"{lines}\n"


def quoted_printable(text: str) -> str:
    """Write a text as quoted-printable UTF-8 (RFC 2045, 6.7), line ends as CRLF, the last line ended too.

    No line is longer than 76 characters, ends in a space, or begins with a dot or with the `From ` that old
    mailboxes take for a new mail. Nothing here can look like the end of a message or like a boundary.
    """
    return "".join(_encoded_line(line) for line in canonical(text)[:-1].split("\n"))


def _encoded_line(line: str) -> str:
    data = line.encode()
    lines, now = [], ""
    for index, byte in enumerate(data):
        written = _WRITTEN[byte] if byte != _SPACE or index < len(data) - 1 else "=20"
        if len(now) + len(written) > LINE_LENGTH - 1:
            lines.append(now)
            now = ""
        if not now and data.startswith((b".", b"From "), index):
            written = f"={byte:02X}"
        now += written
    return "=\r\n".join([*lines, now]) + "\r\n"
