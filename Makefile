# Everything a person types. `make` alone lists it. Needs Python 3.11 or later with venv, and make; nothing else.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
PROGRAMME ?= demo
YEARS ?=
DATA ?=
TESTS ?= tests

VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
READY := $(VENV)/.ready-$(shell cat requirements.lock pyproject.toml | cksum | cut -d ' ' -f 1)

# Compiled bytecode halves the start of Airflow.
unexport PYTHONDONTWRITEBYTECODE
ifneq ($(DATA),)
export YEARBOOK_DATA := $(DATA)
endif

.PHONY: help
help: ## List what can be done here
	@printf 'Yearbook: from records to a report\n\n'
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@printf '\nVariables: PROGRAMME=demo  YEARS=2023-2024 or 2021,2024  DATA=folder of records  TESTS=tests/lake  PYTHON=python3.12\n'

.PHONY: setup
setup: $(READY) ## Make .venv from requirements.lock (the other targets do it by themselves)

$(READY):
	@$(PYTHON) -c 'import sys; sys.exit("Yearbook needs Python 3.11 or later: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	@echo 'Setting up $(VENV) ...'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@sed -n '/^uv==/,/--hash=[^\\]*$$/p' requirements.lock > $(VENV)/uv.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $(VENV)/uv.txt
	@index="$${PIP_INDEX_URL:-$$($(BIN)/python -m pip config get global.index-url 2>/dev/null || true)}"; \
	if [ -n "$$index" ]; then export UV_DEFAULT_INDEX="$${UV_DEFAULT_INDEX:-$$index}"; fi; \
	$(UV) pip sync --quiet --python $(BIN)/python --require-hashes --compile-bytecode requirements.lock
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@rm -f $(VENV)/.ready-* && touch $@

.PHONY: yearbook
yearbook: setup ## Run the Airflow DAGs from records to the report, without any service
	@$(BIN)/python -m yearbook.orchestrate.local --programme "$(PROGRAMME)" $(if $(YEARS),--years "$(YEARS)")

.PHONY: up
up: setup ## Start Airflow on http://127.0.0.1:8080 with the same DAGs; Ctrl-C stops it
	@$(BIN)/python -m yearbook.orchestrate.local --up

.PHONY: test
test: setup ## Run the tests, those with services too
	@$(BIN)/python -m pytest --numprocesses=auto --maxprocesses=4 --dist=loadgroup --no-loadscope-reorder $(TESTS)

.PHONY: bench
bench: setup ## Measure the main job and the rules' engine, as ratios within one run
	@$(BIN)/python tests/bench/main_job.py
	@$(BIN)/python tests/bench/validation.py

.PHONY: check
check: setup ## Check style, types, floors and documentation
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict

.PHONY: docs
docs: setup ## Show the documentation on http://127.0.0.1:8000 while you write
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs serve --dev-addr 127.0.0.1:8000

.PHONY: handbook
handbook: setup ## Write the catalogue pages of the documentation anew from the definitions
	@$(BIN)/yearbook handbook docs/catalogue

.PHONY: format
format: setup ## Put code into the house's form
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

.PHONY: env
env: .env ## Write .env with fresh secrets, for docker compose

.env:
	@$(PYTHON) -c 'import base64, secrets; t = secrets.token_hex; print("POSTGRES_PASSWORD=" + t(24), "REDIS_PASSWORD=" + t(24), \
		"FERNET_KEY=" + base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(), "API_SECRET_KEY=" + t(32), "JWT_SECRET=" + t(64), sep="\n")' > $@
	@chmod 600 $@

.PHONY: lock
lock: setup ## Resolve the dependencies of pyproject.toml anew into requirements.lock
	UV_CUSTOM_COMPILE_COMMAND='make lock' $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --upgrade --group dev --output-file requirements.lock pyproject.toml

.PHONY: clean
clean: ## Remove what tools and runs wrote, the data folder excepted
	rm -rf .airflow build dist site-docs plugins/*.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find plugins dags tests -name __pycache__ -prune -exec rm -rf {} +
