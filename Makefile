# Liren. `make` alone lists what there is. Everything works from a fresh machine, and offline once set up.
SHELL := /bin/sh
.DEFAULT_GOAL := help

BIN := .venv/bin
READY := .venv/ready
PACKAGES := $(wildcard routing understanding bot storage admin_web app)
PYTEST := $(BIN)/python -m pytest -q

# Where it is set, every process that a test starts would compile everything once more.
export PYTHONDONTWRITEBYTECODE :=

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

setup: $(READY) ## prepare .venv, once

$(READY): requirements-dev.lock pyproject.toml scripts/make-venv
	@scripts/make-venv

run: $(READY) ## start the service on http://127.0.0.1:8000 (PORT= for another port)
	@exec $(BIN)/liren serve --port $${PORT:-8000}

test: check browser ## check, then every test
	@# Much of it waits: more workers than two cores can keep busy.
	@$(PYTEST) -n 3 --dist worksteal --ignore tests/conventions

check: $(READY) ## format, lint, types, import laws, the project's own conventions
	@$(BIN)/ruff format --check --quiet --output-format concise . || { echo "Not formatted; 'make fix' does it."; exit 1; }
	@$(BIN)/ruff check --quiet --output-format concise .
	@$(BIN)/lint-imports >.venv/lint-imports.log 2>&1 || { cat .venv/lint-imports.log; exit 1; }
	@# Types keep one core busy, conventions the other.
	@$(BIN)/mypy --no-error-summary $(PACKAGES) & types=$$!; \
		$(PYTEST) tests/conventions; laws=$$?; wait $$types && exit $$laws

fix: $(READY) ## format, and mend what the linter can mend
	@$(BIN)/ruff check --quiet --fix . || true
	@$(BIN)/ruff format --quiet .
	@$(BIN)/ruff check .

browser: $(READY) # Chromium and Chinese letters for the page tests, from the system's packages
	@scripts/get-browser

bench: $(READY) ## measure speed
	@$(BIN)/python -m benchmarks

kill: $(READY) ## long trials: the service is killed again and again and must lose nothing
	@$(PYTEST) -m kill -rP

understanding: $(READY) ## measure how well messages are read, on the data in ../shared/data
	@$(BIN)/python -m understanding.learning.evaluation
	@$(BIN)/python -m understanding.incidents.evaluation

pictures: browser ## take the pictures of the pages that the documents show
	@$(BIN)/python -m scripts.pictures

lock: ## pin the newest allowed release of every package, with hashes
	@scripts/make-lock

clean: ## remove .venv and everything that tools left behind
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage htmlcov
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: help setup run test check fix browser bench kill understanding pictures lock clean
