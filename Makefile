# Kinline. `make` sets up and serves with invented demo data; `make test` sets up and passes every test.
.DELETE_ON_ERROR:
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv --quiet
CORE := .venv/.core
DEV := .venv/.dev
COMPILE := $(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header

.PHONY: run
run: $(CORE)
	@KINLINE_DEMO=$${KINLINE_DEMO-1} exec $(BIN)/kinline up --set-up

# The house, and beside it a page with the devices of an invented family, in a data folder of its own.
.PHONY: channels-demo
channels-demo: $(CORE)
	@KINLINE_DEMO=1 KINLINE_DATA=$${KINLINE_DATA-var/channels} exec $(BIN)/kinline demo channels

.PHONY: install
install: $(CORE)
	@echo "Installed. The commands lie in $(BIN); try: $(BIN)/kinline --help" >&2

.venv/.uv: requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Kinline needs Python 3.11 or later; this is $$($(PYTHON) --version 2>&1). Install it, or name another: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m pip --version >/dev/null 2>&1 \
	  || { echo "Python's installer, pip, is missing. On Debian or Ubuntu: apt-get install python3-pip. Then run make again." >&2; exit 1; }
	@echo "Setting up .venv" >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv --without-pip .venv
	@$(PYTHON) -m pip --python $(BIN)/python --quiet --disable-pip-version-check --no-input \
	  install --require-hashes -r requirements/uv.txt
	@touch $@

$(CORE): .venv/.uv requirements/core.txt pyproject.toml
	@echo "Installing what Kinline needs to run" >&2
	@$(UV) pip install --python $(BIN)/python --require-hashes -r requirements/core.txt
	@$(UV) pip install --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): $(CORE) requirements/dev.txt
	@echo "Installing what tests and checks need" >&2
	@$(UV) pip install --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@touch $@

.PHONY: dev
dev: $(DEV)

# The engines that the benchmark compares with; nothing else needs them.
PEERS := .venv/.bench
$(PEERS): $(CORE) requirements/bench.txt
	@echo "Installing the engines to be compared with" >&2
	@$(UV) pip install --python $(BIN)/python --require-hashes -r requirements/bench.txt
	@touch $@

# --- Tests -----------------------------------------------------------------------------------------------------------
# Rules about the code need no database, so they run once; all else runs on both. Compiled code is kept even where the
# machine says otherwise: the tests start dozens of processes, and each would compile everything anew.
PYTEST := env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest -q
# Whole files, the longest first (tests/conftest.py), so that no processor waits for the other at the end.
SPREAD := -n 2 --dist loadfile --no-loadscope-reorder

# The house beside the compiling, then both engines beside each other: what waits for a browser, a server or a disk on
# one leaves the processors to the other. SQLite is seen as it goes (the plus); PostgreSQL says its words at its end.
.PHONY: test on-sqlite on-postgresql
test: $(DEV)
	@$(BIN)/python -m kinmatch compile & compiled=$$!; \
	  $(if $(TESTS),,echo "== The house" >&2; \
	  KINLINE_TEST_ENGINE=sqlite $(PYTEST) -n 2 --dist worksteal tests/house || { kill $$compiled; exit 1; };) \
	  wait $$compiled
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target on-sqlite on-postgresql

on-sqlite: $(DEV)
	+@echo "== SQLite, with PostgreSQL beside it" >&2; \
	  KINLINE_TEST_ENGINE=sqlite $(PYTEST) $(SPREAD) $(if $(TESTS),$(TESTS),--ignore=tests/house)

on-postgresql: $(DEV)
	@echo "== PostgreSQL" >&2; \
	  KINLINE_TEST_ENGINE=postgresql $(PYTEST) $(SPREAD) -m "not house and not once" $(TESTS)

# The rooms and the walks as they will run on another day, by a clock that runs ahead (Debian: apt-get install faketime):
# make calendar ON="2028-02-29 12:00". By how much, not when: a date would begin anew in every process that a test starts.
ON := tomorrow
.PHONY: calendar
calendar: $(DEV)
	@ahead=$$(( $$(date -u -d "$(ON)" +%s) - $$(date -u +%s) )); \
	  KINLINE_TEST_ENGINE=sqlite faketime -f "+$${ahead}s" $(PYTEST) $(SPREAD) $(if $(TESTS),$(TESTS),tests/rooms tests/walks tests/rules)

# --- Checks ----------------------------------------------------------------------------------------------------------
.PHONY: check lint types imports house docs messages bench lock
check: lint types imports house docs

lint: $(DEV)
	@$(BIN)/ruff format --check --quiet src tests tools || { echo "Run: $(BIN)/ruff format src tests tools" >&2; exit 1; }
	@$(BIN)/ruff check --quiet src tests tools

types: $(DEV)
	@$(BIN)/mypy src

imports: $(DEV)
	@$(BIN)/lint-imports --no-logo --cache-dir .cache/imports

house: $(DEV)
	@$(PYTEST) tests/house

docs: $(DEV)
	@$(BIN)/python -m tools.reference
	@$(BIN)/mkdocs build --strict --quiet

# make messages, or for some rooms only: make messages ROOMS="enquiries ui"
messages: $(DEV)
	@$(BIN)/python -m tools.messages $(ROOMS)

# Kills, cuts of power and planted faults, on both engines: nothing acknowledged may be lost. The whole run takes about
# an hour; cuts need root, who may mount. A short one: make durability ROUNDS=50 CUTS=5
ROUNDS := 1000
CUTS := 200
.PHONY: durability
durability: $(DEV)
	@for engine in sqlite postgresql; do \
	  echo "== $$engine" >&2; $(BIN)/python -m tests.hardship.durability --engine $$engine --rounds $(ROUNDS) --cuts $(CUTS); done

# How much post this machine takes, and whether a good client gets through a flood: about four minutes, on a quiet machine.
# The figures stand in docs/benchmarks/load.md then; LOAD= prints them only.
LOAD := --store docs/benchmarks
.PHONY: load
load: $(DEV)
	@$(BIN)/python -m tests.hardship.load $(LOAD)

# The standard run: a million records, one enquiry at a time and in batches, then ten million. It says beforehand how long
# it takes, and needs 12 GB of memory. A short one: make bench BENCH="--records 20000"
BENCH := --records 1000000 --enquiries 20000 --batch --dedupe --ten-million --published ../shared/data
bench: $(PEERS)
	@$(BIN)/python -m kinmatch bench $(BENCH)

lock: .venv/.uv
	@for name in uv core dev bench; do $(COMPILE) requirements/$$name.in -o requirements/$$name.txt; done
