"""The rules of the house, held by machines: what a review would have to say again and again."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "lotse"
MODULES = [p for p in SOURCE.rglob("*.py") if "migrations" not in p.parts]
OWN_APPS = [c for c in apps.get_app_configs() if c.name.startswith("lotse.")]
READERS = ("views", "forms", "documents", "templatetags")

# Who may save besides actions, each with its reason.
WRITERS = {
    "accounts/models.py": "the manager that makes a login",
    "accounts/actions": "actions",
    "accounts/throttle.py": "counts failed logins, before anybody is known",
    "organisations/accounts_actions.py": "actions",
    "auditlog/": "the log is what every action writes",
    "core/crypto.py": "makes data keys",
    "core/models.py": "refuses to save a row again that is only added",
    "documents/letters.py": "saves into memory, not into the database",
    "documents/rendering/": "saves into memory, not into the database",
    "correspondence/actions.py": "actions",
    "correspondence/outbox.py": "called inside actions",
    "correspondence/links.py": "called inside actions",
    "correspondence/delivery.py": "the outbox is its own log",
    "documents/actions.py": "actions",
    "documents/template_actions.py": "actions",
    "documents/deletions.py": "the registry, written inside actions that delete",
    "documents/blobs.py": "saves into the file storage, not into the database",
    "documents/models.py": "lets the registry of deletions only grow",
    "core/drafts.py": "drafts are not yet facts",
    "casework/actions": "actions",
    "catalogues/actions.py": "actions",
    "core/keys.py": "rotates keys, below the log; the command records it",
    "organisations/actions": "actions",
    "organisations/models/person.py": "keeps the folded name beside the name",
    "facts/actions.py": "actions",
    "imports/actions.py": "actions",
    "partners/actions": "actions",
    "partners/imports.py": "makes and takes back partners, called inside the actions of an import",
    "programmes/actions": "actions",
    "surveys/actions.py": "actions",
    "network/actions": "actions",
    "agency/actions": "actions",
    "funding/actions": "actions",
    "funding/imports.py": "books and takes back entries, called inside the actions of an import",
    "quality/actions": "actions",
    "agency/models/review.py": "lets nothing that was released be changed",
    "funding/models/proofs.py": "lets nothing that was released be changed",
    "network/models/meetings.py": "dates a place in the closed first part",
    "network/models/formats.py": "keeps the folded name beside the name",
    "insight/actions.py": "actions",
    "insight/map_actions.py": "actions",
    "surveys/ballot.py": "counts an answer: an entry in the log would hold its moment (ADR 0033)",
    "wayup/actions": "actions",
    "programmes/standard.py": "loads the packaged programmes",
    "portal/operations/queue.py": "forgets finished tasks",
    "portal/demo": "the demo's loader writes in bulk",
    "casework/models/client.py": "keeps the folded name beside the name",
    "partners/models/partner.py": "keeps the folded name beside the name",
    "partners/models/offers.py": "keeps the folded title beside the title",
}
WRITES = {"save", "create", "bulk_create", "bulk_update", "update_or_create", "get_or_create", "delete"}


def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def relative(path):
    return path.relative_to(SOURCE).as_posix()


def test_floors_of_the_house_hold():
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "path",
    [p for p in MODULES if any(part.removesuffix(".py") in READERS for part in p.relative_to(SOURCE).parts[1:])],
    ids=relative,
)
def test_views_and_forms_read_through_queries_only(path):
    found = [
        n.attr
        for n in ast.walk(tree(path))
        if isinstance(n, ast.Attribute) and n.attr in ("objects", "_default_manager")
    ]
    named = [
        n.id
        for n in ast.walk(tree(path))
        if isinstance(n, ast.Name) and n.id in ("get_object_or_404", "ModelChoiceField")
    ]
    assert found + named == []


def test_counting_without_seeing_happens_in_facts_only():
    callers = {
        relative(p)
        for p in MODULES
        for n in ast.walk(tree(p))
        if isinstance(n, ast.Attribute) and n.attr == "countable_for"
    }
    assert callers == {"casework/facts.py"}


def test_the_gap_in_the_read_only_guard_has_one_user():
    users = {
        relative(p)
        for p in MODULES
        for n in ast.walk(tree(p))
        if isinstance(n, ast.Call) and getattr(n.func, "id", "") == "read_log_may_write"
    }
    assert users == {"auditlog/recorder.py"}


def test_only_the_throttle_counts_while_reading():
    users = {
        relative(p)
        for p in MODULES
        for n in ast.walk(tree(p))
        if isinstance(n, ast.Call) and getattr(n.func, "id", "") == "counters_may_write"
    }
    assert users == {"correspondence/throttle.py"}


def test_only_actions_and_named_exceptions_write():
    def writes(path):
        calls = (n for n in ast.walk(tree(path)) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute))
        return [
            n.func.attr
            for n in calls
            if n.func.attr in WRITES and "drafts" not in ast.dump(n.func.value) and "book" not in ast.dump(n.func.value)
        ]

    found = {relative(p): writes(p) for p in MODULES if writes(p)}
    assert {p: w for p, w in found.items() if not any(p.startswith(allowed) for allowed in WRITERS)} == {}


def test_functions_and_modules_stay_short():
    long = []
    for path in MODULES:
        lines = path.read_text(encoding="utf-8").count("\n")
        if lines > 400:
            long.append((relative(path), lines))
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= 40:
                long.append((f"{relative(path)}:{node.name}", node.end_lineno - node.lineno + 1))
    assert long == LONG_WITH_REASON


LONG_WITH_REASON: list[tuple[str, int]] = []


def test_models_and_database_agree(db):
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_every_model_speaks_german():
    silent = [
        m._meta.label for c in OWN_APPS for m in c.get_models() if m._meta.original_attrs.get("verbose_name") is None
    ]
    assert silent == []


def test_every_model_and_app_is_in_the_glossary():
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    named = [m.__name__ for c in OWN_APPS for m in c.get_models()] + [c.label for c in OWN_APPS]
    assert [name for name in named if f"`{name}`" not in glossary] == []


def test_every_rule_that_applies_is_held_by_a_test():
    listed = set(
        re.findall(r"^\| ([A-Z]{2,3}-\d{2}) \|", (ROOT / "docs" / "rules.md").read_text(encoding="utf-8"), re.MULTILINE)
    )
    tests = "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "tests").rglob("test_*.py"))
    tested = set(re.findall(r"pytest\.mark\.rule\(\"([A-Z]{2,3}-\d{2})\"\)", tests))
    assert tested == listed


def test_no_message_names_the_id_of_a_rule():
    """Ids are for docstrings, docs and tests; who uses the house reads sentences."""
    with_id = re.compile(r"\([A-Z]{2}-\d{2}\)")
    said = {
        f"{relative(path)}:{node.lineno}"
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and with_id.search(node.value)
    }
    explained = {
        f"{relative(path)}:{node.body[0].lineno}"
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node)
    }
    shown = {p.name for p in SOURCE.rglob("*.html") if re.search(r"[A-Z]{2}-\d{2}\b", p.read_text(encoding="utf-8"))}
    assert (said - explained, shown) == (set(), set())


def test_constraints_have_names_and_german_sentences():
    mute = [
        f"{m._meta.label}.{c.name}" for config in OWN_APPS for m in config.get_models() for c in m._meta.constraints
        if c.violation_error_message == c.default_violation_error_message and not c.name.endswith("_once") and config.label != "auditlog"
    ]  # fmt: skip
    assert mute == []


def test_nothing_committed_names_a_registry_or_a_download_address():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    forbidden = re.compile(
        r"pypi\.org|pythonhosted|registry\.npmjs|npmjs\.com|yarnpkg\.com|deb\.debian\.org|--index-url|--find-links|\"resolved\": \"http"
    )
    texts = {
        name: (ROOT / name).read_text(encoding="utf-8", errors="ignore") for name in listed if (ROOT / name).is_file()
    }
    assert [
        name for name, text in texts.items() if forbidden.search(text) and name != "tests/architecture/test_house.py"
    ] == []


def test_no_template_is_unused():
    text = "\n".join(p.read_text(encoding="utf-8") for p in SOURCE.rglob("*") if p.suffix in (".py", ".html"))
    by_framework = ("400.html", "404.html", "403.html", "403_csrf.html", "429.html", "500.html")
    by_allauth = ("allauth/", "account/", "mfa/", "socialaccount/")
    templates = [p.as_posix().split("/templates/")[1] for p in SOURCE.rglob("templates/**/*.html")]
    assert [t for t in templates if t not in text and not t.startswith(by_framework + by_allauth)] == []


def test_hand_written_sql_stands_only_where_every_request_asks():
    """ADR 0011; the log's triggers are made by hand because Django has none; the demo's loader writes plain rows; figures read
    each population once for many groups, which the ORM cannot say."""
    found = {
        relative(path)
        for path in MODULES
        for n in ast.walk(tree(path))
        if isinstance(n, ast.Attribute) and n.attr in ("cursor", "raw", "extra")
    }
    assert found == {
        "auditlog/guards.py", "casework/models/scope.py", "facts/counting.py", "organisations/who.py", "portal/demo/tables.py",
    }  # fmt: skip
