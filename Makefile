# make letters: the whole batch into outputs/.   make test: everything that is promised, checked.
# Both make what they need first: a virtual environment with the locked libraries, and Debian packages where they
# are missing (as root they are installed; otherwise the command is printed).

VENV := .venv
PYTHON ?= python3
BIN := $(VENV)/bin

.PHONY: letters test tests check soak lint bench bench-peers lock clean

letters: $(VENV)/.installed
	@sh requirements/debian.sh build
	@$(BIN)/letters build

test: $(VENV)/.tested-with
	@sh requirements/debian.sh test
	@$(MAKE) --no-print-directory -j2 lint tests

tests: $(VENV)/.tested-with
	@$(BIN)/python -m pytest

# In under a minute: all that needs no browser, no LibreOffice, and no run of the command line.
check: $(VENV)/.tested-with
	@sh requirements/debian.sh test
	@$(MAKE) --no-print-directory lint
	@$(BIN)/python -m pytest -m "not (slow or browser or office)"

# All of `make test`, with ten times as many random examples, kills and kinds of damage: once an issue, not in CI.
soak: $(VENV)/.tested-with
	@sh requirements/debian.sh test
	@LETTERS_SOAK=1 $(BIN)/python -m pytest

lint: $(VENV)/.tested-with
	@$(BIN)/ruff check src tests bench docs
	@$(BIN)/ruff format --check src tests bench docs
	@$(BIN)/mypy
	@$(BIN)/lint-imports

# With AGAINST=REV: only whether `letters` is slower than it was at that git revision; fails if it is.
bench: $(VENV)/.tested-with
	@sh requirements/debian.sh build
ifdef AGAINST
	@$(BIN)/python bench/bench.py --against "$(AGAINST)"
else
	@$(BIN)/python bench/forces.py
	@$(BIN)/python bench/bench.py
endif

bench-peers:
	@sh requirements/debian.sh peers
	@sh bench/peers.sh

$(VENV)/.installed: requirements/build.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "letters needs Python 3.11 or newer; name one: make PYTHON=python3.12 letters"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { sh requirements/debian.sh venv; $(PYTHON) -m venv --clear $(VENV); }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/build.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.tested-with: $(VENV)/.installed requirements/test.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@

lock:
	@$(PYTHON) -m venv $(VENV)/lock
	@$(VENV)/lock/bin/python -m pip install --quiet uv
	@$(VENV)/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url pyproject.toml --group package -o requirements/build.txt
	@$(VENV)/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url pyproject.toml --group package --group test -o requirements/test.txt

clean:
	@rm -rf $(VENV) .bench build dist .letters
