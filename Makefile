# Works on a machine with only Python 3.11 or newer and make: the first run makes .venv and fills it from the lock.
# A path in PLANS or OUT can't hold a space (make splits there): call .venv/bin/actionplan for those.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: extract test check samples bench accuracy lock clean help

PLANS ?= samples/
OUT   ?= out
VENV  := .venv
BIN   := $(VENV)/bin
PIP   := $(BIN)/python -m pip --disable-pip-version-check --quiet

extract: $(VENV)/ready  ## Extract every plan: make extract [PLANS="file folder …"] [OUT=out] [FORMATS=json,csv,xlsx] [FORCE=1]
	$(BIN)/actionplan extract $(PLANS) --out $(OUT) $(if $(FORMATS),--formats $(FORMATS)) $(if $(FORCE),--force)

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

accuracy: $(VENV)/ready-dev  ## Measure the samples against their right reading: docs/accuracy.md
	$(BIN)/python -m bench.accuracy

lock: $(VENV)/ready-dev  ## Write requirements.lock again from what is installed in .venv
	$(PIP) freeze --all --exclude-editable --exclude pip | LC_ALL=C sort -f > requirements.lock

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
	$(PIP) install -c requirements.lock setuptools
	$(PIP) install -c requirements.lock --no-build-isolation -e .
	@touch $@

$(VENV)/ready-dev: $(VENV)/ready
	$(PIP) install -c requirements.lock --no-build-isolation -e '.[dev]'
	@touch $@
