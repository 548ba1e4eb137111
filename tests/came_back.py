"""Mail that comes back, laid out as different mail servers lay it out (RFC 3464, RFC 5965); all words are our own."""

import textwrap

OFFICE = "office@example.lt"
_BODY = "\n\nthe letter"


def postfix(to: str, action: str = "failed", status: str = "5.1.1", original_from: str = "") -> bytes:
    """A report in the shape of Postfix: fields of its own, the original's head as text."""
    sent_from = original_from or to
    head = f"""\
        Return-Path: <>
        From: MAILER-DAEMON@mx.example.lt (Mail Delivery System)
        To: {to}
        Auto-Submitted: auto-replied
        Subject: Undelivered Mail Returned to Sender"""
    fields = f"""\
        Reporting-MTA: dns; mx.example.lt
        X-Postfix-Queue-ID: 4B1C2
        X-Postfix-Sender: rfc822; {sent_from}

        Final-Recipient: rfc822; {OFFICE}
        Original-Recipient: rfc822;{OFFICE}
        Action: {action}
        Status: {status}
        Remote-MTA: dns; mx.example.lt
        Diagnostic-Code: smtp; 550 {status} no such mailbox"""
    words = ("text/plain; charset=us-ascii", f"The mail system\n\n<{OFFICE}>: host mx.example.lt said no")
    return _mail(head, words, ("message/delivery-status", fields), ("text/rfc822-headers", _original(sent_from)))


def exim(to: str, code: int = 550) -> bytes:
    """A report in the shape of Exim: a status of a class alone, the original whole, whom it came for beside it."""
    head = f"""\
        Envelope-To: {to}
        From: Mail Delivery System <Mailer-Daemon@mx.example.lt>
        To: {to}
        X-Failed-Recipients: {OFFICE}
        Auto-Submitted: auto-replied
        Subject: Mail failed"""
    fields = f"""\
        Reporting-MTA: dns; mx.example.lt

        Action: failed
        Final-Recipient: rfc822;{OFFICE}
        Status: 5.0.0
        Remote-MTA: dns; mx.example.lt
        Diagnostic-Code: smtp; {code} no mailbox here"""
    words = ("text/plain", f"This message could not be delivered:\n\n  {OFFICE}\n    {code} no mailbox here")
    return _mail(head, words, ("message/delivery-status", fields), ("message/rfc822", _original(to) + _BODY))


def exchange(to: str) -> bytes:
    """A report in the shape of Exchange: HTML for people, address in capitals, a diagnostic with a number in it."""
    head = f"""\
        From: <postmaster@example.lt>
        To: <{to.upper()}>
        X-MS-Exchange-Message-Is-Ndr:"""
    fields = f"""\
        Reporting-MTA: dns;exchange.example.lt
        Arrival-Date: Tue, 24 Nov 2026 09:00:00 +0000

        Final-Recipient: rfc822;{OFFICE}
        Action: failed
        Status: 5.1.10 (not found)
        Diagnostic-Code: smtp;550 5.1.10 RESOLVER; 10.1.2.3 found nobody
        X-Display-Name: the office"""
    words = ("text/html; charset=utf-8", "<html><body>10.1.2.3 could not reach the mailbox</body></html>")
    return _mail(head, words, ("message/delivery-status", fields), ("message/rfc822", _original(to) + _BODY))


def gmail(to: str) -> bytes:
    """A report in the shape of Gmail: delivered to the bare mailbox, texts nested, folded diagnostic."""
    head = f"""\
        Delivered-To: letters@campaign.example
        Return-Path: <>
        X-Original-To: {to}
        From: Mail Delivery Subsystem <mailer-daemon@example.com>
        To: letters@campaign.example
        Auto-Submitted: auto-replied"""
    fields = f"""\
        Reporting-MTA: dns; example.com
        Received-From-MTA: dns; letters@campaign.example

        Final-Recipient: rfc822; {OFFICE}
        Action: failed
        Status: 5.1.1
        Diagnostic-Code: smtp; 550-5.1.1 The account does not
          exist. 550 5.1.1 Please look again
        Last-Attempt-Date: Tue, 24 Nov 2026 01:00:00 -0800 (PST)"""
    words = ('multipart/related; boundary="in"', "--in\nContent-Type: text/plain\n\nAddress not found\n--in--")
    return _mail(head, words, ("message/delivery-status", fields), ("message/rfc822", _original("") + _BODY))


def complaint(sent_from: str, kind: str = "abuse") -> bytes:
    """A complaint (ARF) to a general address; only the included original says what it is about."""
    head = """\
        From: <feedback@example.com>
        To: <abuse@campaign.example>
        Subject: complaint"""
    fields = f"""\
        Feedback-Type: {kind}
        User-Agent: Feedback/1.0
        Version: 1
        Original-Rcpt-To: <{OFFICE}>"""
    words = ("text/plain", "This is an abuse report for a message")
    original = ("message/rfc822", _original(sent_from) + _BODY)
    return _mail(head, words, ("message/feedback-report", fields), original, kind="feedback-report")


def vacation(to: str) -> bytes:
    """Somebody is away (RFC 3834)."""
    head = f"From: <office@example.lt>\r\nTo: <{to}>\r\nAuto-Submitted: auto-replied\r\nSubject: away\r\n"
    return f"{head}\r\nI am away until Monday.\r\nAction: failed\r\nStatus: 5.1.1\r\n".encode()


def receipt(to: str) -> bytes:
    """A report that a mail was deleted unread (RFC 8098)."""
    fields = f"Final-Recipient: rfc822;{OFFICE}\nDisposition: automatic-action/MDN-sent-automatically; deleted"
    return _mail(f"To: {to}", ("message/disposition-notification", fields), kind="disposition-notification")


def _original(sent_from: str) -> str:
    """The head of the mail that the report is about."""
    path = f"Return-Path: <{sent_from}>\n" if sent_from else ""
    return f"{path}From: Ona <letters@campaign.example>\nTo: <{OFFICE}>\nSubject: the letter"


def _mail(head: str, *parts: tuple[str, str], kind: str = "delivery-status") -> bytes:
    """Put a report together, with the line ends of the wire."""
    of = f'multipart/report; report-type={kind}; boundary="=_{kind}"'
    lines = [textwrap.dedent(head), "MIME-Version: 1.0", f"Content-Type: {of}", ""]
    for name, text in parts:
        lines += [f"--=_{kind}", f"Content-Type: {name}", "", textwrap.dedent(text), ""]
    return "\n".join([*lines, f"--=_{kind}--", ""]).replace("\n", "\r\n").encode()
