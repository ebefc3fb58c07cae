# Works on a machine with only Python 3.11 or newer and make: the first run makes .venv and fills it from the lock.
# A path in PLANS or OUT can't hold a space (make splits there): call .venv/bin/actionplan for those.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: extract review test check samples bench scale fuzz accuracy reference pictures lock clean help

PLANS ?= samples/
OUT   ?= out
VENV  := .venv
BIN   := $(VENV)/bin
PIP   := $(BIN)/python -m pip --disable-pip-version-check --quiet
# Only files whose hashes are in the locks, each a wheel: a build would fetch its tools past the locks.
LOCKED := $(PIP) install --require-hashes --only-binary :all: --no-deps
# For every Python from 3.11 on every system; the file names no index, so each machine uses its own.
LOCK  := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
    --no-header --no-annotate --no-emit-index-url --no-emit-find-links

EXTRACT = $(BIN)/actionplan extract $(PLANS) --out $(OUT) \
    $(if $(FORMATS),--formats $(FORMATS)) $(if $(FORCE),--force) $(if $(JOBS),--jobs $(JOBS)) $(if $(RESUME),--resume)

extract: $(VENV)/ready  ## Extract every plan: make extract [PLANS="file folder …"] [OUT=out] [FORMATS=json,csv,xlsx] [FORCE=1] [JOBS=4] [RESUME=1]
	$(EXTRACT)

# A plan that can't be read does not keep the others from having their pages; make still ends as extract did.
review: $(VENV)/ready  ## Extract, then write the page on which a person trusts or corrects each plan: OUT/…/review.html
	$(EXTRACT) || code=$$?; $(BIN)/actionplan review $(OUT) && exit $${code:-0}

test: $(VENV)/ready-dev  ## Run every test
	$(BIN)/python -m pytest

check: $(VENV)/ready-dev  ## Lint, formatting, strict types, then every test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

samples: $(VENV)/ready-dev  ## Write the sample plans in samples/ again
	$(BIN)/python -m samples.generate

bench: $(VENV)/ready-dev  ## Measure speed and memory against bare pdfplumber: docs/benchmarks.md [PLANS="a.pdf b.txt"]
	$(BIN)/python -m bench $(if $(filter-out default file,$(origin PLANS)),$(PLANS))

fuzz: $(VENV)/ready-dev  ## Make broken files and read them: make fuzz [MINUTES=10] [KINDS="pdf word …"]; SECURITY.md
	$(BIN)/python -m fuzz --minutes $(or $(MINUTES),10) $(if $(KINDS),--kinds $(KINDS))

scale: $(VENV)/ready-dev  ## Measure a page, a catalogue and a cluster, and reckon ten million pages: docs/scale.md
	$(BIN)/python -m bench.scale

accuracy: $(VENV)/ready-dev  ## Measure the samples against their right reading: docs/accuracy.md
	$(BIN)/python -m bench.accuracy

reference: $(VENV)/ready  ## Write docs/schema.md again: every key of plan.json, from its schema
	$(BIN)/actionplan schema --markdown > docs/schema.md

pictures: $(VENV)/ready-dev  ## Take the picture of the review page again: docs/review.png (needs Chromium)
	PYTHONPATH=tests $(BIN)/python docs/pictures.py

lock: $(VENV)/ready-dev  ## Lock what pyproject.toml asks for: what is locked stays, or make lock UPGRADE="name …"
	$(LOCK) --group build $(UPGRADE:%=--upgrade-package %) --output-file requirements.lock
	$(LOCK) --group build --all-extras $(UPGRADE:%=--upgrade-package %) --constraints requirements.lock \
	    $$(awk -F '==' '/==/ { print "--no-emit-package", $$1 }' requirements.lock) --output-file requirements-dev.lock

clean:  ## Remove .venv, the builds and the caches (never OUT)
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

help:  ## List these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

$(VENV)/ready: pyproject.toml requirements.lock
	@for python in "$${PYTHON:-python3}" python3.14 python3.13 python3.12 python3.11 python; do \
	    if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found="$$python"; break; fi; \
	done; \
	if [ -z "$${found:-}" ]; then \
	    echo "No Python 3.11 or newer was found. Install one, or name it: make PYTHON=/path/to/python3.11 …" >&2; exit 1; \
	fi; \
	echo "Setting up $(VENV) (once) …" >&2; \
	"$$found" -m venv $(VENV) || { echo "Python's venv module did not work; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	$(LOCKED) -r requirements.lock
	$(PIP) install --no-index --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/ready-dev: $(VENV)/ready requirements-dev.lock
	$(LOCKED) -r requirements-dev.lock
	@touch $@
