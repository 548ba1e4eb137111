"""When a job is tried again, and when a letter's turn comes under an hourly limit."""

import datetime as dt
import math

HOUR = dt.timedelta(hours=1)
GIVE_UP_AFTER = dt.timedelta(days=3)
LEAST_TRIES = 6  # before that: what waited long for its turn, or for hours to open, is not given up at a first "later"
PENDING_LIFE = dt.timedelta(days=14)  # how long a confirmation link, and an unconfirmed signature, lives
REMIND_AFTER = dt.timedelta(days=2)  # once, when a mail was left unanswered
TRIM_LIFE = dt.timedelta(days=14)  # how long the question whether a letter may leave with fewer words is open
PARAGRAPH_LIFE = dt.timedelta(days=30)  # of a personal paragraph, after its last letter is final
PHRASE_LIFE = dt.timedelta(days=90)  # of a turn of phrase's count, after the last letter that held it
JOIN_WITHIN = dt.timedelta(minutes=10)  # a signature this soon after a confirmation mail joins the next one
JOIN_WAIT = dt.timedelta(seconds=15)  # … which waits this long for more of them
MAILS_A_DAY = 5  # to a mailbox that never pressed
MAILS_EVER = 10
MAILS_A_DAY_PRESSED = 10  # to one that did press: what a person asks for by signing on
YOURS_LIFE = dt.timedelta(hours=2)  # of the link to one's own page, after its mail is written
YOURS_A_DAY = 3  # such links to one mailbox
YOURS_FROM_NETWORK = 20  # … asked for in a day from one network
ERASE_AFTER = dt.timedelta(hours=24)  # from asking to be erased until it is done: how long it can be undone
CODE_TRIES = 5  # wrong codes before only the link of that mail works
RECEIPT_WAIT = dt.timedelta(seconds=5)  # after a press, so that letters that can leave at once have left
OWN_LETTERS = 10  # from one network in a day are counted, of letters that people say they sent themselves
MANY_SIGNS = 10  # from one network within MANY_WITHIN are marked for the organiser
MANY_WITHIN = dt.timedelta(minutes=10)
_STEPS = (1, 5, 15, 60, 180)  # multiples of the first wait; the last repeats


def wait_after(attempts: int, first: dt.timedelta, chance: float) -> dt.timedelta:
    """How long to wait after the n-th failed try (1-based); `chance` in [0, 1) spreads it by ± 20 %."""
    step = _STEPS[min(attempts, len(_STEPS)) - 1]
    return first * step * (0.8 + 0.4 * chance)


def leaves_after(ahead: int, sent_last_hour: int, letters_an_hour: int) -> dt.timedelta:
    """Estimate when a letter leaves that has `ahead` others before it to one mailbox; zero means now."""
    if letters_an_hour == 0:
        return dt.timedelta(0)
    return dt.timedelta(hours=math.floor((sent_last_hour + ahead) / letters_an_hour))
