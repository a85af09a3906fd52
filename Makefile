PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null && echo $$p && break; done)
PIP = .venv/bin/python -m pip install --quiet --disable-pip-version-check
CODE = bench bot cogs migrations tests

.PHONY: setup rehearse test check lock

setup: .venv/installed

.venv/installed: requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Trellis needs Python 3.11, 3.12 or 3.13; none was found."; exit 1; }
	@test -x .venv/bin/python || $(PYTHON) -m venv .venv
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

.venv/developing: requirements-dev.lock .venv/installed
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

rehearse: .venv/installed
	@.venv/bin/trellis rehearse $(ARGS)

test: .venv/developing
	@.venv/bin/python -m pytest -q -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

check: .venv/developing
	@.venv/bin/ruff check $(CODE)
	@.venv/bin/ruff format --check --quiet $(CODE)
	@.venv/bin/mypy $(CODE)
	@.venv/bin/lint-imports
	@.venv/bin/python -m pytest -q tests/test_house.py tests/test_words.py

lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
		--extra rehearsal --group pyproject.toml:build -o requirements.lock pyproject.toml
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
		--extra rehearsal --group pyproject.toml:build --group pyproject.toml:dev -o requirements-dev.lock pyproject.toml
