# Everything a person who runs or builds Signoff needs. Python 3.11 or newer is enough; the rest is fetched.

VENV ?= .venv
PYTHON ?= python3
PY := $(VENV)/bin/python
INSTALL := $(PY) -m pip install -q --disable-pip-version-check --require-hashes -r
# Extras stay in the locks: older pips take `coverage[toml]` for another thing than a pinned `coverage`.
LOCK := $(PY) -m uv pip compile -q --universal --generate-hashes --no-strip-extras --no-emit-index-url --no-annotate --no-header
WITH_NODE := PATH="$(abspath $(VENV))/bin:$$PATH"
APPS := audit accounts access notifications live projects pipelines deliverables revisions feedback reviews guests sheets ops
BY_HAND := signoff/audit/migrations/append_only.py signoff/reviews/migrations/append_only.py
SOURCES := $(shell find signoff/web -path signoff/web/static -prune -o -type f \
	\( -name '*.ts' -o -name '*.css' -o -name '*.svg' -o -path '*/templates/*' \) -print 2>/dev/null)

FONTS := signoff/core/fonts/Inter-Bold.ttf

.DEFAULT_GOAL := help
.PHONY: help setup tools run test campaign check fmt migrations bench assets lock pictures chromium openapi

help: ## what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-12s%s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.installed ## make the environment that runs Signoff, from the lock file

tools: $(VENV)/.tools ## the same with what builds and tests it

run: setup assets ## start Signoff with its demo studio (PORT, SIGNOFF_DATA_DIR, DATABASE_URL, SIGNOFF_BASE_PATH)
	@$(PY) -m signoff.ops.command up --demo

test: tools assets chromium ## every test: islands, Python, browser
	$(WITH_NODE) npm test
	$(PY) -m pytest -q -m alone
	$(PY) -m pytest -n 2 -m "not alone"

campaign: tools ## a hundred uploads over breaking wires while web and worker are killed (prints its seed)
	SIGNOFF_CAMPAIGN_UPLOADS=100 $(PY) -m pytest -q -s tests/stories/test_uploads_survive.py

check: tools node_modules/.installed ## style, types, floors, migrations, API snapshot
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	PYTHONPATH=. $(VENV)/bin/lint-imports
	$(PY) -W ignore manage.py makemigrations --check --dry-run
	$(PY) -m signoff.ops.openapi --check docs/openapi.json
	$(WITH_NODE) npm run check

fmt: tools ## put the code into shape
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

migrations: tools ## make every app's first migration anew (until the first release there is only one each)
	rm -f $(foreach app,$(APPS),signoff/$(app)/migrations/0*.py)
	@for file in $(BY_HAND); do mv $$file $$file.aside; done
	@$(PY) -W ignore manage.py makemigrations $(APPS); made=$$?; \
		for file in $(BY_HAND); do mv $$file.aside $$file; done; exit $$made

openapi: tools ## write the snapshot of the API
	$(PY) -m signoff.ops.openapi docs/openapi.json

bench: tools assets ## measure, next to the floor
	$(PY) -m bench

pictures: tools assets chromium ## take the README's pictures from the running product
	$(PY) -m tools.pictures

assets: signoff/web/static/manifest.json $(FONTS) ## build the pages' styles and scripts, and the fonts of PDFs

lock: $(VENV)/bin/python ## resolve the dependencies anew
	$(PY) -m uv --version >/dev/null 2>&1 || $(PY) -m pip install -q uv
	$(LOCK) pyproject.toml -o requirements.lock
	$(LOCK) -c requirements.lock --group dev pyproject.toml -o requirements-dev.lock
	$(LOCK) --group node -o requirements-node.lock
	$(LOCK) --group fonts -o requirements-fonts.lock
	@! grep -nE 'https?://' requirements*.lock || (echo "A lock file names a host."; exit 1)

chromium:
	@sh tools/chromium.sh

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| (echo "Signoff needs Python 3.11 or newer: make PYTHON=python3.12 ..."; exit 1)
	@$(PYTHON) -m venv $(VENV) \
		|| (rm -rf $(VENV); echo "Python lacks venv or pip: apt-get install python3-venv, then make again."; exit 1)

$(VENV)/.installed: requirements.lock $(VENV)/bin/python
	@echo "Installing what Signoff runs on ..."
	@$(INSTALL) requirements.lock
	@touch $@

$(VENV)/.tools: requirements-dev.lock $(VENV)/.installed
	@$(INSTALL) requirements-dev.lock
	@touch $@

# Node: the one on the PATH if it is new enough, else one from PyPI into the environment.
$(VENV)/.node: requirements-node.lock $(VENV)/.installed
	@$(WITH_NODE) sh tools/has_node.sh \
		|| $(INSTALL) requirements-node.lock
	@touch $@

node_modules/.installed: package-lock.json $(VENV)/.node
	@echo "Installing what builds the pages ..."
	@$(WITH_NODE) npm ci --no-audit --no-fund --loglevel=error
	@touch $@

signoff/web/static/manifest.json: $(SOURCES) vite.config.ts tsconfig.json node_modules/.installed
	@echo "Building the pages ..."
	@$(WITH_NODE) npm run --silent build -- --logLevel error
	@touch $@

# Inter for PDFs, out of the pages' own; the last of the files stands for all.
$(FONTS): tools/fonts.py requirements-fonts.lock node_modules/.installed
	@$(PY) -c 'import fontTools, brotli' 2>/dev/null || $(INSTALL) requirements-fonts.lock
	@echo "Making the fonts of PDFs ..."
	@$(PY) -m tools.fonts
	@touch $@
