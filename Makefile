# `make` alone lists what there is.

BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest
LOCK := $(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --universal --python-version 3.11
TEMPLATES = $(shell git ls-files '*.html' ':!tests/data')

.PHONY: help run test check pages format messages trial lock runtime dev
.DEFAULT_GOAL := help

help:
	@awk -F ':.*## ' '/^##@/ { printf "\n%s\n", substr($$0, 5) } /^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

##@ Every day

run: runtime ## Start the portal at http://127.0.0.1:8000 with demo content (PORT=8001: elsewhere, EMPTY=1: no content)
	@exec env $(if $(EMPTY),,PORTAL_DEMO=1) $(BIN)/python manage.py serve --prepare

test: dev ## Run the whole suite, browsers included (ARGS="tests/articles -x": a part; DATABASE_URL=postgres://...)
	@PORTAL_CHROMIUM=$$($(BIN)/python tests/harness/chromium.py) && export PORTAL_CHROMIUM && $(PYTEST) -n auto $(ARGS)

check: dev ## Run what else must hold: style, types, import contracts, migrations, translations, templates
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(PYTEST) -q tests/test_architecture.py tests/test_translations.py
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py makemessages --check
	$(BIN)/djlint --lint --quiet $(TEMPLATES)
	$(BIN)/djade --check --target-version 5.2 $(TEMPLATES)

pages: dev tests/web/node_modules ## Look at every kind of page with axe, the Nu HTML checker and Lighthouse (needs Node and Java)
	@PORTAL_CHROMIUM=$$($(BIN)/python tests/harness/chromium.py) && export PORTAL_CHROMIUM && $(PYTEST) tests/web $(ARGS)

tests/web/node_modules: tests/web/package-lock.json
	cd tests/web && npm ci
	@touch $@

format: dev ## Put code and templates in their one form
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(BIN)/djade --target-version 5.2 $(TEMPLATES)

##@ Now and then

messages: dev ## Gather new strings into locale/ for translation (needs GNU gettext)
	$(BIN)/python manage.py makemessages

trial: dev ## Run load, fuzzing and kills at full volume: takes long
	@PORTAL_CHROMIUM=$$($(BIN)/python tests/harness/chromium.py) && export PORTAL_CHROMIUM && $(PYTEST) tests/trial --hypothesis-profile=trial $(ARGS)

lock: dev ## Pin what requirements/*.in asks for, with hashes
	$(LOCK) requirements/runtime.in -o requirements/runtime.txt
	$(LOCK) requirements/dev.in -c requirements/runtime.txt -o requirements/dev.txt

runtime dev:
	@bin/environment $@
