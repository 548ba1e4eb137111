"""Roll: sum up the journal's older lines, so that reading a count costs the same at ten signatures and ten million."""

import datetime as dt
from collections import Counter

from sqlalchemy.orm import Session

from campaign.models.tally import TallyMarkRow
from campaign.parts import Parts
from campaign.queries import tally as tallies
from campaign.services.transact import transact

BATCH = 5_000
# A line gets its number before it is committed, so a smaller number may come later. None comes that much later.
SETTLED_AFTER = dt.timedelta(minutes=10)


def roll(parts: Parts) -> int:
    """Add up to a batch of settled lines to the tally; how many there were."""

    def work(session: Session) -> int:
        mark = tallies.mark(session)
        if mark is None:
            mark = TallyMarkRow(id=1, line=0)
            session.add(mark)
            session.flush()
        settled = parts.clock.now() - SETTLED_AFTER
        sums: Counter[tuple[object, ...]] = Counter()
        done = 0
        for line in tallies.lines_after(session, mark.line, BATCH):
            if line.at > settled:
                break
            key = (line.campaign_id, line.state_id, line.day, line.hour, line.country, line.language, line.source)
            sums[key] += line.delta
            mark.line = line.id
            done += 1
        if sums:
            tallies.add_up(session, dict(sums))
        return done

    return transact(parts, work)
