"""Builds the pages' styles and scripts, and the fonts of PDFs, into a wheel: who installs it needs no Node."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class AssetsHook(BuildHookInterface):  # type: ignore[type-arg]
    """Makes what is not there already (a source archive carries it), unless the build is editable."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        if version == "editable":
            return
        if not (root / "signoff/web/static/manifest.json").exists():
            self._build_pages(root)
        if not (root / "signoff/core/fonts/Inter-Bold.ttf").exists():  # the last one to be written
            subprocess.run([sys.executable, "-m", "tools.fonts"], cwd=root, check=True)

    def _build_pages(self, root: Path) -> None:
        npm = shutil.which("npm")
        if npm is None:
            raise RuntimeError("Building from a checkout needs Node.js 20.19 or newer; or run `make assets` first.")
        subprocess.run([npm, "ci", "--no-audit", "--no-fund"], cwd=root, check=True)
        subprocess.run([npm, "run", "build"], cwd=root, check=True)
