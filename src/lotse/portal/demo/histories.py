"""The demo's loader: stories are told, written in bulk, and each batch leaves an entry in the log."""

from collections.abc import Iterator
from datetime import date

from lotse.auditlog.door import action, record
from lotse.core.crypto import current_key_id
from lotse.organisations.actor import SystemActor
from lotse.portal.demo.chance import Teller
from lotse.portal.demo.district import District
from lotse.portal.demo.rows import Writer
from lotse.portal.demo.spread import Spread
from lotse.portal.demo.tables import analyse, collector_resting, count_on, plain_indexes_later

BATCH = 2000
MANY = 5000
QUESTIONS_PER_CLIENT = 0.6


def write_histories(district: District, clients: int, today: date, spread: Spread, seed: int = 7) -> Iterator[int]:
    """Yields the number of clients written after every batch; `spread` counts what was told."""
    for carrier in district.carriers.values():
        current_key_id(
            carrier.pk
        )  # made and committed before the first batch: a batch undone must not take the key along
    by, teller, writer = SystemActor("Vorführung", district.root.pk), Teller(district, today, seed), Writer()
    with plain_indexes_later(writer.tables, clients > MANY), collector_resting():
        for start in range(0, clients, BATCH):
            numbers = range(start, min(start + BATCH, clients))
            write_batch(by=by, teller=teller, writer=writer, numbers=numbers, spread=spread)
            yield numbers.stop
    analyse()


@action("demo.batch_written", "hat erfundene Akten in den Beispielbezirk geschrieben")
def write_batch(*, by: SystemActor, teller: Teller, writer: Writer, numbers: range, spread: Spread) -> None:
    questions = 0
    for story in teller.stories(numbers):
        writer.story(story)
        spread.count(story)
        if teller.chance.happens(QUESTIONS_PER_CLIENT):
            writer.question(teller.question())
            questions += 1
    spread.questions += questions
    rows = writer.flush()
    count_on(writer.tables)
    record(by, clients=len(numbers), enquiries=questions, rows=rows)
