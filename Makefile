# Everything starts here: `make run` serves the bundled campaign, `make test` proves it, `make help` lists the rest.
# Needed: Python 3.11 or newer, pip 22.3 or newer, make and a shell. No root, no python3-venv, no activated environment.

PYTHON ?= python3
PIP ?=
WORKERS ?= 2
ARGS ?=
UPGRADE ?=

BIN := .venv/bin
READY_TO_RUN := .venv/.ready-to-run
READY_TO_TEST := .venv/.ready-to-test

# An environment that was copied or moved here, or whose Python is gone, starts other code than this: it is made anew.
ifneq ($(shell test -x $(BIN)/python && cat .venv/.made-at 2>/dev/null),$(CURDIR))
.PHONY: $(BIN)/python
endif

.DEFAULT_GOAL := help
.PHONY: help setup run test check format bench letters pictures lock wheel clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' Makefile | expand -t 16

setup: $(READY_TO_TEST) ## .venv/ with the locked libraries and the project, for running and testing
	@echo "Ready: make run, make test, or $(BIN)/campaign --help"

run: $(READY_TO_RUN) ## serve the bundled campaign at http://127.0.0.1:8000
	@exec $(BIN)/campaign serve $(ARGS)

test: $(READY_TO_TEST) ## every test; ARGS="tests/domain -k name" for some of them
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

check: $(READY_TO_TEST) ## format, lint, types, import rules, template lint, translations and the house rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/djlint --quiet --check templates
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/python -m pytest -q tests/house

format: $(READY_TO_TEST) ## let ruff and djlint lay out what make check holds
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djlint --quiet --reformat templates

bench: $(READY_TO_TEST) ## the benchmarks, beside the ceilings they are held against
	@$(BIN)/python -m benchmarks $(ARGS)

letters: $(READY_TO_RUN) ## build/letters.html: every letter to every office in every language, for a person to read
	@mkdir -p build
	@$(BIN)/campaign letters --output build/letters.html
	@echo "build/letters.html"

pictures: $(READY_TO_TEST) ## build/pictures/: every page and mail, phone to desk, light and dark; ARGS="--only state --language fi"
	@$(BIN)/python -m tools.pictures $(ARGS)

wheel: $(READY_TO_RUN) ## dist/campaign-*.whl, which carries templates, migrations and config
	@rm -rf dist
	@$(BIN)/python -m hatchling build -t wheel

lock: ## requirements*.lock anew from pyproject.toml; UPGRADE=1 also moves what is already locked
	@uv=$$(command -v uv || ls $(BIN)/uv 2>/dev/null) || \
	  { echo "make lock needs uv: https://docs.astral.sh/uv/ or pip install uv" >&2; exit 1; }; \
	compile="$$uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header"; \
	$$compile $(if $(UPGRADE),--upgrade) --group build -o requirements.lock pyproject.toml && \
	$$compile $(if $(UPGRADE),--upgrade) --group build --group dev -c requirements.lock \
	  -o requirements-dev.lock pyproject.toml

clean: ## remove what was made, but never var/, where the data is
	@rm -rf .venv dist build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -not -path './var/*' -prune -exec rm -rf {} +

$(READY_TO_RUN): $(BIN)/python pyproject.toml requirements.lock
	@$(call install,requirements.lock)
	@touch $@

$(READY_TO_TEST): $(BIN)/python pyproject.toml requirements-dev.lock
	@$(call install,requirements-dev.lock)
	@touch $@ $(READY_TO_RUN)

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { echo "Python is missing: install Python 3.11 or newer." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "$(PYTHON) is older than 3.11: call make PYTHON=<a newer one>." >&2; exit 1; }
	@$(PYTHON) -m venv --clear --without-pip .venv
	@printf '%s' '$(CURDIR)' >.venv/.made-at

# Any pip may do the work, since it installs into the environment of another Python; the first that can is taken.
# One resolver run for the libraries, each held to its hash; then the project itself, built by the locked backend.
define install
set -e; \
for pip in $(if $(PIP),'$(PIP)') pip pip3 '$(PYTHON) -m pip'; do \
  if $$pip --python $(BIN)/python --version >/dev/null 2>&1; then found=$$pip; break; fi; \
done; \
test -n "$$found" || { echo "pip 22.3 or newer is missing: install pip, or call make PIP=<path of one>." >&2; exit 1; }; \
pip="$$found --python $(BIN)/python --disable-pip-version-check --no-input -qq"; \
echo "Installing what $(1) lists into .venv/ (once)." >&2; \
$$pip install --require-hashes -r $(1) || \
  { echo "The libraries could not be installed: pip says why above; the same command tries again." >&2; exit 1; }; \
$$pip install --no-deps --no-build-isolation --editable .
endef
