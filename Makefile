# The two commands of the README: `make run` and `make test`. Everything else serves them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
RUN := $(BIN)/onewindow
export UV_LINK_MODE ?= copy

help: ## what there is to ask for
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

$(UV):
	@command -v $(PYTHON) >/dev/null || { echo "OneWindow needs Python 3.11 or newer: set PYTHON=..."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet "uv>=0.8"

$(VENV)/.installed: $(UV) requirements.lock pyproject.toml
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	$(UV) pip install --quiet --python $(BIN)/python --no-deps -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.lock
	@touch $@

messages: $(VENV)/.installed
	@$(BIN)/python -m onewindow.config.messages compile

setup: $(VENV)/.installed messages ## install what running needs

setup-dev: $(VENV)/.installed-dev messages ## install what changing needs

run: setup ## the demonstration hall on http://127.0.0.1:8000
	$(RUN) demo

lock: $(UV) ## pin the dependencies again (no addresses, with hashes)
	$(UV) pip compile --quiet --upgrade --generate-hashes --no-header --no-emit-index-url --python-version 3.11 pyproject.toml -o requirements.lock
	$(UV) pip compile --quiet --upgrade --generate-hashes --no-header --no-emit-index-url --python-version 3.11 -c requirements.lock pyproject.toml --group dev -o requirements-dev.lock

fmt: setup-dev ## put code and templates in order
	$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .
	git ls-files -z -- '*.html' | xargs -0 -r $(BIN)/djade --target-version 5.2 || true

.PHONY: help setup setup-dev messages run lock fmt
