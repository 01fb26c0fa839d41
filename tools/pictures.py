"""Takes the README's pictures from the running product: own data directory, demo studio, Chromium.

    make pictures                      all of them, into docs/pictures
    python -m tools.pictures grid      only those whose name begins with a word

Chromium writes large files, so each picture is written again with a palette of its most frequent colours.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

from playwright.sync_api import Browser, Page, sync_playwright

from tools.small_png import with_palette

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
EXAMPLE = ROOT / "docs" / "example-tracker.xlsx"
PORT = int(os.environ.get("PORT", "8250"))
SITE = f"http://127.0.0.1:{PORT}"
SIZE = {"width": 1440, "height": 900}
MOST_BYTES = 250_000
PASSWORD = "fieldhouse-demo"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
STILL = ["--disable-background-networking", "--disable-component-update", "--hide-scrollbars"]
Go = Callable[[Page], None]


def dashboard(page: Page) -> None:
    page.goto(f"{SITE}/dashboard")


def projects(page: Page) -> None:
    page.goto(f"{SITE}/projects")


def grid(page: Page) -> None:
    page.goto(f"{SITE}/projects/{_project(page)['id']}")
    page.get_by_text("Key visual, landscape").first.wait_for()


def board(page: Page) -> None:
    page.goto(f"{SITE}/projects/{_project(page)['id']}/board")


def deliverable(page: Page) -> None:
    page.goto(_address(page, "Key visual, landscape"))


def review(page: Page) -> None:
    page.goto(f"{_address(page, 'Key visual, landscape')}/review")
    page.locator(".comment").first.click()


def compare(page: Page) -> None:
    page.goto(f"{_address(page, 'First sip, 40 s hero film')}/compare?a=2&b=3&mode=wipe")
    page.locator(".carried").first.click()


def pipelines(page: Page) -> None:
    page.goto(f"{SITE}/settings/pipelines")
    page.get_by_role("link", name="Campaign").first.click()


def imports(page: Page) -> None:
    page.goto(f"{SITE}/imports")
    page.locator("input[type=file]").first.set_input_files(EXAMPLE)
    page.get_by_text("Spring water, key visual").first.wait_for(timeout=60_000)


PLACES: dict[str, Go] = {
    "dashboard": dashboard,
    "projects": projects,
    "grid": grid,
    "board": board,
    "deliverable": deliverable,
    "review": review,
    "compare": compare,
    "pipelines": pipelines,
    "import": imports,
}


def main(words: list[str]) -> int:
    """Take the pictures; 1 when one of them is missing or too large."""
    wanted = {name: go for name, go in PLACES.items() if not words or name.startswith(tuple(words))}
    PICTURES.mkdir(parents=True, exist_ok=True)
    with product(), sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=chromium, args=[*QUIET, *STILL])
        missed = [word for theme in ("light", "dark") for word in _take(browser, theme, wanted)]
        browser.close()
    return 1 if missed else 0


@contextmanager
def product() -> Iterator[None]:
    """Signoff with its demo studio in a directory that is thrown away, until the pictures are taken."""
    with tempfile.TemporaryDirectory(prefix="signoff-pictures-") as place:
        os.chmod(place, 0o755)  # the database's own account must reach its files when we are root
        environment = {**os.environ, "SIGNOFF_DATA_DIR": place, "PORT": str(PORT), "SIGNOFF_HOST": "127.0.0.1"}
        environment.pop("DATABASE_URL", None)
        command = [sys.executable, "-m", "signoff.ops.command", "up", "--demo"]
        running = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        try:
            _wait_until_ready(running)
            yield
        finally:
            running.terminate()
            running.wait(20)


def _wait_until_ready(running: "subprocess.Popen[bytes]") -> None:
    for _ in range(240):
        if running.poll() is not None:
            sys.exit(f"Signoff stopped with {running.returncode}; see what it said above.")
        try:
            urllib.request.urlopen(f"{SITE}/api/health", timeout=2).close()
            return
        except (URLError, OSError):
            time.sleep(0.5)
    sys.exit("Signoff did not become ready within two minutes.")


def _take(browser: Browser, theme: str, wanted: dict[str, Go]) -> list[str]:
    context = browser.new_context(viewport=SIZE, color_scheme=theme, reduced_motion="reduce", locale="en-GB")
    page = context.new_page()
    page.set_default_timeout(30_000)
    _sign_in(page)
    missed = []
    for name, go in wanted.items():
        try:
            go(page)
            page.wait_for_load_state("load")
            page.evaluate("document.fonts.ready")
            page.wait_for_timeout(900)  # fragments that load by themselves
            size = _keep(page.screenshot(), PICTURES / f"{name}-{theme}.png")
            print(f"{name}-{theme}.png  {size // 1000} kB")
            if size > MOST_BYTES:
                missed.append(name)
        except Exception as error:  # one page that fails must not cost the others
            print(f"{name}-{theme}: {str(error).splitlines()[0]}", file=sys.stderr)
            missed.append(name)
    context.close()
    return missed


def _sign_in(page: Page) -> None:
    page.goto(f"{SITE}/sign-in")
    page.locator("input[type=email], input[name=login]").first.fill("ida@fieldhouse.example")
    page.locator("input[type=password]").first.fill(PASSWORD)
    page.locator("button[type=submit]").first.click()
    page.wait_for_url("**/dashboard*")


def _project(page: Page) -> dict[str, str]:
    found = _api(page, "/projects?q=20418")
    return next(one for one in found["results"] if one["job_number"] == "20418")


def _address(page: Page, name: str) -> str:
    """The page of this deliverable."""
    found = _api(page, f"/projects/{_project(page)['id']}/grid")
    place = found["columns"].index("name"), found["columns"].index("id")
    row = next(row for row in found["rows"] if row[place[0]] == name)
    return f"{SITE}/deliverables/{row[place[1]]}"


def _api(page: Page, path: str) -> dict[str, list[dict[str, str]]]:
    answer = page.request.get(f"{SITE}/api/v1{path}")
    return json.loads(answer.text())


def _keep(png: bytes, path: Path) -> int:
    """Write the picture with 256 colours if that is smaller; returns its size."""
    small = with_palette(png)
    best = small if len(small) < len(png) else png
    path.write_bytes(best)
    return len(best)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
