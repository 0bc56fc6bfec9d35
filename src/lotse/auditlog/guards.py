"""The triggers that make the log append-only, in the words of both engines.

* Entries, seals and expired segments are never changed. Only an entry's empty `seal_id` may be filled.
* Entries and seals are deleted only where an expired segment lies; expired segments never.
* An expired segment can only be laid over a month that lies twelve months back.
* PostgreSQL also refuses TRUNCATE; SQLite has none.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

EVENT, SEAL, EXPIRED = "auditlog_event", "auditlog_seal", "auditlog_expiredsegment"
MESSAGE = "the log is append-only"
KEEP_MONTHS = 12

EVENT_MAY_GO = f"""EXISTS (SELECT 1 FROM {SEAL} s JOIN {EXPIRED} e ON e.chain = s.chain AND e.segment = s.segment
    WHERE s.id = OLD.seal_id)"""  # noqa: S608 -- constants
SEAL_MAY_GO = f"EXISTS (SELECT 1 FROM {EXPIRED} e WHERE e.chain = OLD.chain AND e.segment = OLD.segment)"  # noqa: S608

# name → (table, event, refused when)
ROW_TRIGGERS = {
    "event_no_update": (EVENT, "UPDATE", "{changed} OR OLD.seal_id IS NOT NULL"),
    "event_no_delete": (EVENT, "DELETE", f"NOT {EVENT_MAY_GO}"),
    "seal_no_update": (SEAL, "UPDATE", ""),
    "seal_no_delete": (SEAL, "DELETE", f"NOT {SEAL_MAY_GO}"),
    "expired_no_update": (EXPIRED, "UPDATE", ""),
    "expired_no_delete": (EXPIRED, "DELETE", ""),
    "expired_not_early": (EXPIRED, "INSERT", "NEW.segment >= {oldest_kept}"),
}
UNCHANGING = [
    "id",
    "at",
    "organisation_id",
    "actor_ref",
    "actor_label",
    "key",
    "is_read",
    "object_type",
    "object_ref",
    "file_ref",
    "fields",
    "details",
    "request_id",
]

WORDS = {
    "sqlite": {
        "differs": "IS NOT",
        "oldest_kept": f"strftime('%Y-%m', 'now', 'start of month', '-{KEEP_MONTHS} months')",
    },
    "postgresql": {
        "differs": "IS DISTINCT FROM",
        "oldest_kept": f"to_char(now() - interval '{KEEP_MONTHS} months', 'YYYY-MM')",
    },
}


def create_statements(vendor: str) -> list[str]:
    words = WORDS[vendor]
    changed = " OR ".join(f'OLD."{name}" {words["differs"]} NEW."{name}"' for name in UNCHANGING)
    make = {"sqlite": _sqlite, "postgresql": _postgresql}[vendor]
    rows = [
        statement
        for name, (table, act, when) in ROW_TRIGGERS.items()
        for statement in make(name, table, act, when.format(changed=changed, oldest_kept=words["oldest_kept"]))
    ]
    return rows + (_no_truncate() if vendor == "postgresql" else [])


def drop_statements(vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {name}" for name in ROW_TRIGGERS]
    return [f"DROP FUNCTION IF EXISTS auditlog_{name}() CASCADE" for name in [*ROW_TRIGGERS, "no_truncate"]]


def missing_triggers(connection: BaseDatabaseWrapper) -> list[str]:
    """SQLite drops triggers silently when a migration rebuilds their table: the command `audit verify` looks."""
    catalogue = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
    }
    with connection.cursor() as cursor:
        cursor.execute(catalogue[connection.vendor])
        present = {name for (name,) in cursor.fetchall()}
    return sorted(set(ROW_TRIGGERS) - present)


def _sqlite(name: str, table: str, act: str, when: str) -> list[str]:
    condition = f"WHEN {when} " if when else ""
    return [
        f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW {condition}"
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    ]


def _postgresql(name: str, table: str, act: str, when: str) -> list[str]:
    """The condition stands in the function: a WHEN clause may not look into other tables."""
    return [
        _refusing_function(name, when or "TRUE", "OLD" if act == "DELETE" else "NEW"),
        f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION auditlog_{name}()",
    ]


def _no_truncate() -> list[str]:
    triggers = [
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION auditlog_no_truncate()"
        for table in (EVENT, SEAL, EXPIRED)
    ]
    return [_refusing_function("no_truncate", "TRUE", "NULL"), *triggers]


def _refusing_function(name: str, when: str, result: str) -> str:
    return f"""CREATE FUNCTION auditlog_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {when} THEN
        RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN {result};
END $$"""
