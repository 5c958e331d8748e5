# Everything sets itself up: Python 3.10+, git and make are all that a machine needs.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
WORKERS ?= 2

.PHONY: help setup demo test smoke bench lint check tags release clean

help:  ## show what there is
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST)

setup: $(STAMP)  ## create the environment

# The version is part of what is installed: hooks ask whether the engine has the suite's own.
$(STAMP): pyproject.toml src/relayout/__init__.py
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --editable . --group dev
	@touch $(STAMP)

demo: $(STAMP)  ## make a messy repository, adopt it, run its pipeline
	$(BIN)/python docs/demo.py

test: $(STAMP)  ## the whole suite; each layout is built once for real
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

smoke: $(STAMP)  ## pairs of answers of the questionnaire, each built for real
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m smoke

bench: $(STAMP)  ## comparisons with other tools on packages from PyPI; take an hour
	$(BIN)/uv pip install --quiet --python $(BIN)/python --group bench
	$(BIN)/python benchmarks/moves.py
	$(BIN)/python benchmarks/rename.py
	$(BIN)/python benchmarks/scaling.py
	$(BIN)/python benchmarks/django_commands.py
	$(BIN)/python benchmarks/pipelines.py
	$(BIN)/python benchmarks/updates.py

lint: $(STAMP)  ## style, types and architecture
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: test lint  ## what CI runs

tags:  ## tag the releases in this clone, for Copier: they travel as bundles
	$(PYTHON) releases/make_tags.py

release:  ## make VERSION=1.2.0 release: bundle and tag the commit that is checked out
	$(PYTHON) releases/make_release.py $(VERSION)

clean:  ## remove everything that make has made
	rm -rf .venv .demo .bench build dist
