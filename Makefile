# One word per habit; `make` alone lists them. Nothing here needs root or a server.
PORT ?= 8080
NEW_ENOUGH = -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
# The first of these that is Python 3.11 or newer; looked for only while there is no .venv.
PYTHON ?= $(firstword $(foreach name,python3.11 python3.12 python3.13 python3 python,$(shell \
  $(name) $(NEW_ENOUGH) && echo $(name))))
UV = uv>=0.9,<1
BIN = .venv/bin
STAMP = .venv/.installed
CHROMIUM = test -x /usr/bin/chromium || { echo "chromium is missing: apt-get install chromium"; exit 1; }

# Compiled once and kept: workers and the bots that tests start import the same modules.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup demo run check quick test test-processes test-browser test-again crash mutants bench screenshots sheets messages lock

help: ## show these words
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

setup: $(STAMP) ## make .venv from the hashed lock (again only when the lock changes)

$(STAMP): pyproject.toml requirements.lock
	@test -x $(BIN)/python || $(or $(PYTHON),false) $(NEW_ENOUGH) || \
	  { echo "Kiosk needs Python 3.11 or newer: $(if $(PYTHON),$(PYTHON) is none,there is none here). \
	Name one: make $(or $(MAKECMDGOALS),setup) PYTHON=/path/to/python3.11"; exit 1; }
	@echo "Fetching the packages into .venv: about a minute, only when their list changes ..."
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet '$(UV)' \
	  && $(BIN)/uv pip sync --quiet --compile-bytecode --require-hashes --python $(BIN)/python requirements.lock \
	  || $(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

demo: setup ## try the shop against a pretend Telegram and pretend suppliers; PORT=9000 elsewhere, EMPTY=1 without a past
	@$(BIN)/python -m sandbox.demo --port $(PORT) $(if $(EMPTY),--empty)

run: setup ## run the bot with the settings in .env
	$(BIN)/python -m bot run

check: setup ## every gate but the tests: format, lint, types, imports, languages
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tools.messages check

quick: setup ## rules, rooms and screens on SQLite alone: no server, no process, in a minute
	$(BIN)/pytest -n 3 --dist worksteal -m "not (server or processes or browser or long)" \
	  --ignore tests/commands --ignore tests/conversation --ignore tests/languages

test: setup ## every story and every promise, on SQLite and on a real PostgreSQL
	$(BIN)/pytest -n 4 --dist worksteal

test-processes: setup ## stories of real processes: killed anywhere, re-keyed, restored from a copy
	$(BIN)/pytest -n 2 --dist worksteal -m processes

test-browser: setup ## the demo in a headless Chromium, by clicks alone
	@$(CHROMIUM)
	$(BIN)/pytest tests/browser -m browser

test-again: setup ## what failed last, one test after another and nothing beside it
	$(BIN)/pytest -m "" --last-failed --last-failed-no-failures none

crash: setup ## kill the shop and its server at hundreds of points, judge it, write docs/reliability.md
	$(BIN)/python -m tests.crash --report docs/reliability.md
	$(BIN)/python -m tests.crash --database postgresql --report docs/reliability.md

mutants: setup ## break the rules and the settlement one sign at a time: some test must notice
	CI=1 $(BIN)/mutmut run --max-children 1
	$(BIN)/python -m tools.mutants

bench: setup ## measure what the README promises
	$(BIN)/python -m bench

screenshots: setup ## take the README's pictures again
	@$(CHROMIUM)
	$(BIN)/python -m tools.screenshots

sheets: setup ## pictures of every customer screen in build/sheets: SHEET=ar for one language
	@$(CHROMIUM)
	$(BIN)/python -m tools.screenshots --sheet $(or $(SHEET),all)

messages: setup ## bring the languages up to date with the texts in bot/chat
	$(BIN)/python -m tools.messages update

lock: setup ## resolve pyproject.toml again into requirements.lock
	$(BIN)/uv pip compile pyproject.toml --quiet --group dev --universal --generate-hashes \
	  --no-header --output-file requirements.lock
