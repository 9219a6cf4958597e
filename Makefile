# khoxa: the commands a person needs. `make help` lists them.
PYTHON ?= python3
BI_PYTHON ?= $(PYTHON)
VENV := .venv
BIN := $(VENV)/bin
BI_BIN := .venv-bi/bin
export KHOXA_HOME ?= $(CURDIR)/var
export KHOXA_LOCAL ?= $(CURDIR)/samples/local

# stops, and says what to write, where that variable names a Python before the first version or after the last
needs = @$($1) -c 'import sys; v = "%d.%d" % sys.version_info[:2]; sys.exit(None if v in "$2 3.12 $3".split() else "Cần Python $2 đến $3; $($1) là " + v + " / Python $2 to $3 is needed; $($1) is " + v + ": make $(MAKECMDGOALS) $1=python3.12")'

.DEFAULT_GOAL := help

.PHONY: help
help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(BIN)/khoxa: requirements.lock pyproject.toml
	$(call needs,PYTHON,3.11,3.13)
	@echo "Cài đặt các gói, vài phút / installing packages, a few minutes"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.PHONY: setup
setup: $(BIN)/khoxa ## the Python environment, from requirements.lock

$(BIN)/pytest: requirements-dev.lock $(BIN)/khoxa
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

.PHONY: setup-dev
setup-dev: $(BIN)/pytest ## the same with what tests and linters need, from requirements-dev.lock

.PHONY: warehouse
warehouse: setup
	@mkdir -p $(KHOXA_HOME)
	@$(BIN)/khoxa db migrate
	@$(BIN)/khoxa airflow db migrate >$(KHOXA_HOME)/airflow-migrate.log 2>&1 || (tail -40 $(KHOXA_HOME)/airflow-migrate.log; exit 1)

.PHONY: run
run: warehouse ## Airflow runs nightly_refresh once on samples/, then the results
	@echo "Airflow chạy một đêm trên samples/inbox, khoảng một phút / Airflow runs a night, about a minute"
	@KHOXA_INBOX=$(CURDIR)/samples/inbox $(BIN)/khoxa airflow dags test nightly_refresh >$(KHOXA_HOME)/nightly_refresh.log 2>&1 || (tail -60 $(KHOXA_HOME)/nightly_refresh.log; exit 1)
	@$(BIN)/khoxa status --figures
	@echo "Nhật ký Airflow / Airflow's log: $(KHOXA_HOME)/nightly_refresh.log"

.PHONY: up
up: warehouse ## Airflow with its UI and scheduler, nightly schedule on
	@$(BIN)/khoxa up

$(BI_BIN)/superset: bi/superset/requirements.lock
	$(call needs,BI_PYTHON,3.11,3.12)
	$(BI_PYTHON) -m venv .venv-bi
	$(BI_BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r bi/superset/requirements.lock
	@touch $@

.PHONY: bi
bi: $(BI_BIN)/superset warehouse ## Superset with khoxa's dashboards, in an environment of its own
	@$(BIN)/khoxa bi

.PHONY: down
down: ## stop Airflow, Superset and the embedded PostgreSQL
	@if [ -x $(BIN)/khoxa ]; then $(BIN)/khoxa down; else echo "chưa cài đặt / not set up"; fi

.PHONY: test
test: export PYTHONDONTWRITEBYTECODE = # where it is set, every process compiles khoxa again
test: setup-dev ## everything CI runs
	$(BIN)/lint-imports --no-cache
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@echo "$(BIN)/pytest; $(BIN)/mypy beside it, what it says comes last"
	@said=$$(mktemp); $(BIN)/mypy >$$said 2>&1 & types=$$!; \
	$(BIN)/pytest; tests=$$?; \
	wait $$types; types=$$?; cat $$said; rm $$said; \
	exit $$((tests || types))

.PHONY: test-long
test-long: export KHOXA_FUZZ = 5000
test-long: export KHOXA_LONG = 1
test-long: test ## all, also the long tests, with five times the drawn workbooks; its pass is kept in tests/long.passed

.PHONY: test-bi
test-bi: setup-dev $(BI_BIN)/superset ## the dashboards in a real Superset and a real browser (Chromium)
	$(BI_BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r bi/superset/requirements-test.lock
	KHOXA_TEST_BI=1 $(BIN)/pytest -n 0 tests/bi $(ARGS)

.venv-fab/bin/airflow: requirements-fab.lock
	$(PYTHON) -m venv .venv-fab
	.venv-fab/bin/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-fab.lock
	@touch $@

.PHONY: test-logins
test-logins: setup-dev .venv-fab/bin/airflow ## Airflow with a login each: what viewer, officer and admin may do
	$(BIN)/pytest -n 0 tests/dags/test_logins.py $(ARGS)

.PHONY: rehearse
rehearse: ## docker-compose.yml on a real Docker engine: started, killed, saved, restored (an hour)
	$(PYTHON) -m tools.rehearse $(ARGS)

.PHONY: check
check: setup-dev ## format, lint, types
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/lint-imports --no-cache
	$(BIN)/mypy

.PHONY: audit
audit: setup-dev ## licences of what is shipped, installed files against the locks, vulnerabilities (pip-audit)
	$(BIN)/python -m tools.licences --check
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m tools.audit

.PHONY: bench
bench: setup-dev ## floor, pipeline, DAG and the usual script, with ratios
	$(BIN)/python -m benchmarks $(ARGS)

COMPILE = uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header
.PHONY: lock
lock: ## the lock files from pyproject.toml (needs uv); one version of each in all
	$(COMPILE) pyproject.toml --extra dev --extra s3 -o requirements-dev.lock
	$(COMPILE) pyproject.toml --extra s3 -c requirements-dev.lock -o requirements-s3.lock
	$(COMPILE) pyproject.toml -c requirements-dev.lock -o requirements.lock
	$(COMPILE) pyproject.toml --extra fab -c requirements-dev.lock -o requirements-fab.lock
	for name in requirements requirements-test; do $(COMPILE) bi/superset/$$name.in -o bi/superset/$$name.lock; done
