"""Switch off every predicate of every rules.py and every named constraint of the database in turn: a test must fail each time.

Works in temporary copies, two at a time. `ONLY=case_end` runs the mutants whose name contains it.
For a predicate the tests marked with the ids of its docstring run; for a constraint the test that breaks it, in a database
without it.
"""

import ast
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

ROOT = Path(__file__).resolve().parent.parent
APPS = ROOT / "src" / "lotse"
COPIED = ("src", "tests", "tools", "docs", "requirements", "pyproject.toml", "CHANGELOG.md", "README.md")
CONSTRAINTS = "tests/architecture/test_constraints.py"
RULE_ID = re.compile(r"\b[A-Z]{2,3}-\d{2}\b")
EDGES = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}
VERDICTS = {0: "survived", 1: "killed", 5: "has no test"}
JOBS = int(os.environ.get("JOBS", "2"))


@dataclass(frozen=True)
class Mutant:
    """`sources`: path below the root → mutated text. `tests`: what pytest is asked to run."""

    name: str
    sources: dict[Path, str]
    tests: tuple[str, ...]


# --- predicates -----------------------------------------------------------------------------------------------


def predicates() -> Iterator[Mutant]:
    for path in sorted([*APPS.glob("*/rules.py"), *APPS.glob("*/rules/*.py")]):
        source = path.read_text(encoding="utf-8")
        for number, function in enumerate(ast.parse(source).body):
            if isinstance(function, ast.FunctionDef) and ast.unparse(function.returns or ast.Constant("")) == "bool":
                yield from _mutants_of(path, source, number, function)


def _mutants_of(path: Path, source: str, number: int, function: ast.FunctionDef) -> Iterator[Mutant]:
    app = path.relative_to(APPS).parts[0]
    ids = sorted(set(RULE_ID.findall(ast.get_docstring(function) or "")))
    tests = tuple(f"--rule={rule_id}" for rule_id in ids) + _files_with(ids, app)
    for what, change in [*_constants(), *_edges_and_parts(function)]:
        module = ast.parse(source)
        change(module.body[number])
        text = ast.unparse(ast.fix_missing_locations(module))
        yield Mutant(f"{app}.{function.name} {what}", {path.relative_to(ROOT): text}, tests)


def _files_with(ids: list[str], app: str) -> tuple[str, ...]:
    """Only files that name the rule are collected; a predicate without an id is held by the tests of its app."""
    if not ids:
        return (f"tests/{app}",)
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    named = [p for p in files if any(f'rule("{rule_id}")' in p.read_text(encoding="utf-8") for rule_id in ids)]
    return tuple(p.relative_to(ROOT).as_posix() for p in named)


Change = Callable[[ast.AST], None]


def _constants() -> Iterator[tuple[str, Change]]:
    for value in (True, False):
        yield f"is always {value}", lambda f, v=value: f.body.__setitem__(slice(None), [ast.Return(ast.Constant(v))])


def _edges_and_parts(function: ast.FunctionDef) -> Iterator[tuple[str, Change]]:
    """Each `<` as `<=` and the like, each part of an `and`/`or` left out."""
    for place, node in enumerate(ast.walk(function)):
        if isinstance(node, ast.Compare) and type(node.ops[0]) in EDGES:
            yield f"moves the edge of {ast.unparse(node)}", lambda f, p=place: _move_edge(_at(f, p))
        if isinstance(node, ast.BoolOp):
            for part, value in enumerate(node.values):
                yield f"forgets {ast.unparse(value)}", lambda f, p=place, n=part: _at(f, p).values.pop(n)


def _at(function: ast.AST, place: int) -> ast.AST:
    return list(ast.walk(function))[place]


def _move_edge(node: ast.AST) -> None:
    node.ops[0] = EDGES[type(node.ops[0])]()


# --- constraints ----------------------------------------------------------------------------------------------


def constraint_names() -> list[str]:
    paths = sorted([*APPS.glob("*/models.py"), *APPS.glob("*/models/*.py")])
    return [name for path in paths for name in _constraint_names(ast.parse(path.read_text(encoding="utf-8")))]


def _constraint_names(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "constraints":
            for call in getattr(node.value, "elts", []):
                named = [k.value for k in call.keywords if k.arg == "name"] or call.args
                yield named[0].value


def constraints_not_missed(folder: Path, names: Iterable[str]) -> list[str]:
    """Those whose test passes in a database without them. One run for all: each test has its own one taken out."""
    done = pytest_in(folder, (CONSTRAINTS, "-k", "database", "--without-constraints", "--tb=no", "-rf"))
    missed = set(re.findall(r"^FAILED \S+\[(\w+)\]", done.stdout, re.MULTILINE))
    return [name for name in names if not any(map(_as_in_tables(name).fullmatch, missed))]


def _as_in_tables(name: str) -> re.Pattern[str]:
    """What an abstract model names once bears the name of each of its tables."""
    return re.compile(name.replace("%(class)s", r"\w+"))


# --- running --------------------------------------------------------------------------------------------------


def make_copy(folder: Path) -> Path:
    for name in COPIED:
        source = ROOT / name
        ignored = shutil.ignore_patterns("__pycache__", "node_modules")
        shutil.copytree(source, folder / name, ignore=ignored) if source.is_dir() else shutil.copy(source, folder)
    return folder


def run_tests(folder: Path, arguments: tuple[str, ...]) -> int:
    """They share one database, which no mutant of a predicate changes."""
    return pytest_in(
        folder, ("-x", "--reuse-db", *arguments), LOTSE_KEPT_DATABASE=f"{folder / 'kept.sqlite3'}"
    ).returncode


def pytest_in(folder: Path, arguments: tuple[str, ...], **more: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "pytest", "-q", "-n0", "--no-header", *arguments]
    environment = {**os.environ, "PYTHONPATH": f"{folder / 'src'}:{folder}", **more}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=1800
    )


def verdict(folder: Path, mutant: Mutant) -> str:
    try:
        for path, text in mutant.sources.items():
            _write(folder / path, text)
        return VERDICTS.get(run_tests(folder, mutant.tests), "breaks the tests instead of failing one")
    finally:
        for path in mutant.sources:
            _write(folder / path, (ROOT / path).read_text(encoding="utf-8"))


def _write(path: Path, text: str) -> None:
    """Compiled files are told apart by seconds, which is too coarse here."""
    path.write_text(text, encoding="utf-8")
    for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*"):
        compiled.unlink()


def main() -> int:
    started, only = time.monotonic(), os.environ.get("ONLY", "")
    mutants, names = [m for m in predicates() if only in m.name], [n for n in constraint_names() if only in n]
    with tempfile.TemporaryDirectory(prefix="lotse-mutants-") as place:
        folders: SimpleQueue[Path] = SimpleQueue()
        for number in range(JOBS):
            folders.put(make_copy(Path(place) / f"{number}"))
        survivors = [*_survivors(folders, mutants), *_not_missed(folders, names)]
    total = len(mutants) + len(names)
    print(f"{total} mutants, {len(survivors)} survivors, {time.monotonic() - started:.0f} s")
    return 1 if survivors or not total else 0


def _not_missed(folders: "SimpleQueue[Path]", names: list[str]) -> Iterator[str]:
    for name in constraints_not_missed(folders.get(), names) if names else []:
        print(f"not missed   {name}", flush=True)
        yield name


def _survivors(folders: "SimpleQueue[Path]", mutants: list[Mutant]) -> Iterator[Mutant]:
    def judged(mutant: Mutant) -> str:
        folder = folders.get()
        try:
            return verdict(folder, mutant)
        finally:
            folders.put(folder)

    folder = folders.get()
    if run_tests(folder, ("-m", "rule")) or run_tests(folder, (CONSTRAINTS,)):
        raise SystemExit("The tests fail without any mutant; first make them pass.")
    folders.put(folder)
    with ThreadPoolExecutor(JOBS) as pool:
        for mutant, word in zip(mutants, pool.map(judged, mutants), strict=True):
            if word != "killed":
                print(f"{word:12} {mutant.name}", flush=True)
                yield mutant


if __name__ == "__main__":
    sys.exit(main())
