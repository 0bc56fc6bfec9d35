"""The trigger that keeps what was counted as it was, in the words of both engines.

A snapshot's release and withdrawal are written once; everything else is never changed. (The log has its own: auditlog.guards.)
"""

TABLE = "insight_snapshot"
NAME = "snapshot_frozen"
MESSAGE = "a snapshot is never changed"
FROZEN = (
    "public_id", "created_at", "organisation_id", "site_id", "kind", "start", "end", "edition", "content", "digest", "prepared_by_id",
)  # fmt: skip
ONCE = ("released_by_id", "released_at", "withdrawn_by_id", "withdrawn_at")
DIFFERS = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}


def create_statements(vendor: str) -> list[str]:
    changed = [f'OLD."{name}" {DIFFERS[vendor]} NEW."{name}"' for name in FROZEN]
    again = [f'(OLD."{name}" IS NOT NULL AND OLD."{name}" {DIFFERS[vendor]} NEW."{name}")' for name in ONCE]
    refused = " OR ".join([*changed, *again])
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {NAME} BEFORE UPDATE ON {TABLE} FOR EACH ROW WHEN {refused}"
            f" BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        ]
    return [
        f"""CREATE FUNCTION insight_{NAME}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {refused} THEN
        RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$""",
        f"CREATE TRIGGER {NAME} BEFORE UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION insight_{NAME}()",
    ]


def drop_statements(vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {NAME}"]
    return [f"DROP FUNCTION IF EXISTS insight_{NAME}() CASCADE"]
