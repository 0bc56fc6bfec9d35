"""All tables of an annual report beside their floor: one hand-written statement a table, the same numbers by site.

The statements only count: nothing of them says what the reader may see, or what two neighbouring years differ by. They are
the tables of the work; those of one programme are measured with all, without floor.
"""

from collections import Counter
from datetime import date

from django.db import connection
from django.utils import timezone

from lotse.facts.counting import MISSING, tally
from lotse.facts.registry import Period, Question, all_facts, fact
from lotse.insight.enums import PeriodKind
from lotse.insight.table_list import listed
from tests.bench.measuring import statements, timed

LAST = timezone.localdate().year - 1
START, END = date(LAST, 1, 1), date(LAST, 12, 31)
OPEN = "k.organisation_id IN ({houses}) AND k.state <> 'merged' AND k.first_contact_on <= '{end}' AND (k.ended_on IS NULL OR k.ended_on >= '{start}')"
ON = "x.organisation_id IN ({houses}) AND x.\"on\" BETWEEN '{start}' AND '{end}'"
SENT = "x.organisation_id IN ({houses}) AND x.sent_at >= '{start_utc}' AND x.sent_at < '{end_utc}'"
CASE, PERSON = "casework_counsellingcase k", "casework_counsellingcase k JOIN casework_client c ON c.id = k.client_id"
MOVEMENT = (
    "CASE WHEN k.ended_on <= '{end}' THEN 'ended' WHEN k.first_contact_on >= '{start}' THEN 'new' ELSE 'continuing' END"
)


def _bands(column, bands, last):
    """Key, and since which day one belongs to it."""
    whens = " ".join(f"WHEN {column} > '{LAST - years}-12-31' THEN '{key}'" for key, years in bands)
    return f"CASE WHEN {column} IS NULL OR {column} > '{END}' THEN '' {whens} ELSE '{last}' END"


AGE = _bands(
    "c.birth_date",
    (("under_27", 27), ("27_to_34", 35), ("35_to_44", 45), ("45_to_54", 55), ("55_to_64", 65)),
    "from_65",
)
STAY = _bands("c.entered_germany_on", (("under_1", 1), ("1_to_2", 3)), "from_3")
LEVEL = "(SELECT g.level FROM casework_germanlevel g WHERE g.client_id = k.client_id AND g.assessed_on <= '{{end}}' ORDER BY g.assessed_on {0}, g.id {0} LIMIT 1)"
STATUS = "(SELECT s.value FROM casework_planstatus s WHERE s.plan_id = p.id AND s.key_date <= '{end}' ORDER BY s.key_date DESC, s.id DESC LIMIT 1)"
# Figure → site, cell, rows, condition.
FLOOR = {
    "cases.movement": ("k.site_id", MOVEMENT, CASE, OPEN),
    "cases.tier": ("k.site_id", "k.tier", CASE, OPEN),
    "cases.gender": ("k.site_id", "c.gender", PERSON, OPEN),
    "cases.age": ("k.site_id", AGE, PERSON, OPEN),
    "cases.stay": ("k.site_id", STAY, PERSON, OPEN),
    "cases.level_first": ("k.site_id", LEVEL.format("ASC"), CASE, OPEN),
    "cases.level_last": ("k.site_id", LEVEL.format("DESC"), CASE, OPEN),
    "plans.status": ("k.site_id", STATUS, f"casework_supportplan p JOIN {CASE} ON k.id = p.case_id", f"{OPEN} AND p.drafted_on <= '{{end}}'"),
    "contacts.channel": ("k.site_id", "x.channel", f"casework_contact x JOIN {CASE} ON k.id = x.case_id", ON),
    "contacts.topic": ("k.site_id", "t.topic", f"casework_contacttopic t JOIN casework_contact x ON x.id = t.contact_id JOIN {CASE} ON k.id = x.case_id", ON),
    "referrals.outcome": ("k.site_id", "x.state", f"casework_referral x JOIN {CASE} ON k.id = x.case_id", SENT),
    "enquiries.outcome": ("x.site_id", "x.outcome", "casework_enquiry x", ON),
    "enquiries.channel": ("x.site_id", "x.channel", "casework_enquiry x", ON),
    "enquiries.topic": ("x.site_id", "t.topic", "casework_enquirytopic t JOIN casework_enquiry x ON x.id = t.enquiry_id", ON),
}  # fmt: skip


def measure_tables(report, actor):
    """Without the helpers of PostgreSQL: what they do would not be seen in the processor time."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET max_parallel_workers_per_gather = 0")
    asked = Question(actor, Period(START, END))
    compared = [fact(key) for key in FLOOR]
    _agree(tally(compared, asked), _counted(actor))
    _measured(report, "tables of the work", lambda: tally(compared, asked), lambda: _counted(actor))
    _measured(report, "all tables of a year", lambda: tally(listed(PeriodKind.YEAR), asked))
    _measured(report, "all figures of a year", lambda: tally(all_facts(), asked))


def _measured(report, name, act, floor=None):
    """In turns."""
    acts = [(f"floor {name}", floor), (name, act)] if floor else [(name, act)]
    measured = timed(*(one for _name, one in acts))
    for (label, one), times in zip(acts, measured, strict=True):
        with statements() as sent:
            one()
        report.page(label, times, len(sent), 0, measured[0][2] if floor and one is act else 0)


def _counted(actor):
    houses = ", ".join(str(pk) for pk in sorted(actor.counted_organisation_ids))
    return {key: _rows(*parts, houses) for key, parts in FLOOR.items()}


def _rows(site, cell, source, condition, houses):
    values = {"houses": houses, "start": START, "end": END, "start_utc": f"{LAST - 1}-12-31 23:00:00", "end_utc": f"{LAST}-12-31 23:00:00"}  # fmt: skip
    sql = f"SELECT {site}, {cell}, COUNT(*) FROM {source} WHERE {condition} GROUP BY 1, 2".format(**values)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def _agree(tallies, floor):
    """A floor that counts something else would be none."""
    for key, rows in floor.items():
        numbers = Counter()
        for site, cell, number in rows:
            numbers[cell or MISSING, ("site", site)] += number
        found = tallies[key].kinds["total"]
        ours = Counter({(cell, row): n for cell, line in found.items() for row, n in line.items() if row[0] == "site"})
        assert numbers == ours, key
