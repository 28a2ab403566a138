# The two commands of the README: `make run` and `make test`. Everything else serves them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= $(firstword $(shell command -v python3.11 python3 python))
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
RUN := $(BIN)/onewindow
WORKERS ?= 2
PYTEST := $(BIN)/python -m pytest -n $(WORKERS)
# What the checks themselves need to keep: settings want a data directory.
MANAGE := ONEWINDOW_DATA=.cache/check $(BIN)/python manage.py
# uv is quick; where it cannot reach an index that pip is set up for, pip does the same.
install = $(UV) pip install --quiet --python $(BIN)/python $(1) || $(BIN)/python -m pip install --quiet $(1)
export UV_LINK_MODE ?= copy
export UV_SYSTEM_CERTS ?= 1
export UV_NATIVE_TLS ?= 1
export PIP_DISABLE_PIP_VERSION_CHECK ?= 1
# Keep what Python compiled, also where that is switched off: a server starts in half the time.
export PYTHONDONTWRITEBYTECODE :=

help: ## what there is to ask for
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: setup ## the demonstration hall on http://127.0.0.1:8000
	$(RUN) demo

test: setup-dev check ## everything: the checks, then the suite on SQLite (with the browser) and on PostgreSQL
	@$(BIN)/python -m tests.chromium
	ONEWINDOW_TEST_DB=sqlite $(PYTEST)
	@# once is enough for the command line, which starts databases of its own, and for the house's rules
	ONEWINDOW_TEST_DB=postgres $(PYTEST) -m "not browser" --ignore=tests/cli --ignore=tests/house

quick: setup-dev ## the fast part of the suite, on SQLite in memory
	ONEWINDOW_TEST_DB=memory $(PYTEST) -m "not browser and not slow"

check: setup-dev ## what a machine can see: style, types, floors, migrations, settings, translations
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/lint-imports --cache-dir .cache/importlinter | sed -n '/^The floors/,$$p'; exit $${PIPESTATUS[0]}
	ONEWINDOW_DATA=.cache/check $(BIN)/mypy --no-error-summary
	git ls-files -z -- '*.html' | xargs -0 -r $(BIN)/djade --check --target-version 5.2
	$(MANAGE) makemigrations --check --dry-run
	ONEWINDOW_PUBLIC_URL=https://hall.example $(MANAGE) check --deploy --fail-level WARNING
	$(BIN)/python -m onewindow.config.messages check

coverage: setup-dev ## which lines and branches of actions, rules and access no test reaches
	ONEWINDOW_TEST_DB=memory $(PYTEST) -m "not browser" --cov --cov-report=
	$(BIN)/coverage report --show-missing --skip-covered --include='*/actions.py,*/actions/*,*/rules.py,*/access.py'

bench: setup-dev ## the long load, kill and size runs; prints a table
	$(BIN)/python -m benchmarks

fmt: setup-dev ## put code and templates in order
	$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .
	git ls-files -z -- '*.html' | xargs -0 -r $(BIN)/djade --target-version 5.2 || true

setup: $(VENV)/.installed messages ## install what running needs

setup-dev: $(VENV)/.installed-dev messages ## install what changing needs

messages: $(VENV)/.installed
	@$(BIN)/python -m onewindow.config.messages compile

lock: $(UV) ## pin the dependencies again (no addresses, with hashes)
	$(UV) pip compile --quiet --upgrade --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --python-version 3.11 pyproject.toml -o requirements.lock
	$(UV) pip compile --quiet --upgrade --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --python-version 3.11 -c requirements.lock pyproject.toml --group dev -o requirements-dev.lock

$(UV):
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| { echo "OneWindow needs Python 3.11 or newer. If it is not on the path: make PYTHON=/path/to/python3.11"; exit 1; }
	@"$(PYTHON)" -m venv $(VENV) || { echo "This Python cannot make a virtual environment (on Debian: apt-get install python3-venv)"; exit 1; }
	@$(BIN)/python -m pip install --quiet "uv>=0.8"

$(VENV)/.installed: $(UV) requirements.lock pyproject.toml
	@$(call install,--require-hashes -r requirements.lock)
	@$(call install,--no-deps -e .)
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock
	@$(call install,--require-hashes -r requirements-dev.lock)
	@touch $@

.PHONY: help run test quick check coverage bench fmt setup setup-dev messages lock
