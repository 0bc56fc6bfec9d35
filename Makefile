# The one interface of the project. `make run` and `make test` need python3 (>= 3.11) with venv, make, and the package registries.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
.DEFAULT_GOAL := help

help:  ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(VENV)/runtime.stamp: requirements/runtime.txt
	@echo "environment: installing the locked packages …"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r requirements/runtime.txt
	@$(BIN)/python tools/link_package.py
	@touch $@

$(VENV)/dev.stamp: $(VENV)/runtime.stamp requirements/dev.txt
	@echo "environment: installing the tools for tests …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r requirements/dev.txt
	@touch $@

assets: $(VENV)/runtime.stamp  ## fetch the design system and the fonts
	@$(BIN)/python tools/fetch_assets.py

run: assets  ## start Lotse with an invented organisation
	@LOTSE_MODE=demo LOTSE_HOME=$${LOTSE_HOME:-var/demo} PORT=$(PORT) $(BIN)/python tools/run_demo.py

demo:  ## throw the invented organisation away and build it anew
	@rm -rf var/demo && $(MAKE) run

check: $(VENV)/dev.stamp  ## lint (with the rules of bandit), format, floors of the house, templates
	@$(BIN)/ruff check src tests tools
	@$(BIN)/ruff format --check src tests tools
	@$(BIN)/lint-imports > /dev/null || $(BIN)/lint-imports
	@$(BIN)/djlint src --lint --quiet

test: $(VENV)/dev.stamp assets check  ## everything that must hold, on SQLite and on PostgreSQL, with the browser journeys
	@$(BIN)/python tools/run_tests.py

docs: $(VENV)/dev.stamp  ## write docs/access.md and docs/facts.md anew from the code
	@$(BIN)/python -m tools.write_docs

locks:  ## write the hash locks anew from requirements/*.in (needs uv)
	@for name in runtime dev; do uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate requirements/$$name.in -o requirements/$$name.txt; done

.PHONY: help assets run demo check docs test locks

bench: $(VENV)/dev.stamp assets  ## measure the pages beside their floor (SIZES="1000 10000")
	@$(BIN)/python tools/bench.py

.PHONY: bench

mutants: $(VENV)/dev.stamp assets  ## switch off every rule and every constraint in turn; a test must fail each time (ONLY=CL)
	@$(BIN)/python tools/mutants.py

.PHONY: mutants

wheel: $(VENV)/dev.stamp assets  ## build the wheel and run Lotse from it in an empty environment
	@$(BIN)/python tools/try_wheel.py

.PHONY: wheel
