PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SETUP := $(VENV)/set-up
ROADMAP ?= roadmaps/helpdesk.toml

.PHONY: run test quick coverage soak compatibility lint format docs pictures benchmark speed clean

run: $(SETUP)  ## set up everything and open the app on a shipped roadmap
	$(BIN)/roadmap $(ROADMAP)

$(SETUP): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit("Roadmap TUI needs Python 3.11 or newer: make PYTHON=…") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

lint: $(SETUP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint  ## everything that must hold before a change lands
	$(BIN)/pytest -n 2 -m 'not soak'

quick: lint  ## lint, and the tests nearest to what changed
	$(BIN)/python tests/quick.py

coverage: $(SETUP)  ## the tests with coverage, which must not fall below its floor
	$(BIN)/pytest -n 2 -m 'not soak' --cov=roadmap_tui --cov-report=term:skip-covered

soak: $(SETUP)  ## the long counts
	$(BIN)/pytest -n 2 -m soak

compatibility: $(SETUP)  ## the tests on every Python of this machine that is allowed, and with the lowest versions
	$(BIN)/python tests/compatibility.py

format: $(SETUP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(SETUP)  ## the pages that are made from other files
	$(BIN)/python docs/make_faults.py
	$(BIN)/python docs/make_format.py
	$(BIN)/python docs/make_checks.py
	$(BIN)/python docs/make_keys.py
	$(BIN)/python docs/make_manual.py
	$(BIN)/python docs/make_commands.py

pictures: $(SETUP)  ## docs/pictures, of the screens as they are
	$(BIN)/python docs/make_pictures.py

goldens: $(SETUP)  ## the texts of all screens, to be looked at before they are committed
	ROADMAP_GOLDENS=1 $(BIN)/pytest tests/tui/test_goldens.py

benchmark: $(SETUP)  ## speed, as ratios measured in one run
	$(BIN)/python -m benchmarks.core
	$(BIN)/python -m benchmarks.files
	$(BIN)/python -m benchmarks.checks
	$(BIN)/python -m benchmarks.app
	$(BIN)/python -m benchmarks.terminal
	$(BIN)/python -m benchmarks.portfolio
	$(BIN)/python -m benchmarks.tricks

$(VENV)/rivals: $(SETUP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[benchmark]'
	-npm install --silent --no-save --prefix $(VENV)/node @quri/squiggle-lang@0.10.0
	touch $@

speed: $(VENV)/rivals  ## docs/speed.md, measured against other tools: about a quarter of an hour
	$(BIN)/python -m benchmarks.speed

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
