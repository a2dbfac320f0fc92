# `make` alone says what there is. Everything is installed into .venv here; nothing else on the machine changes,
# except that the tests install Chromium and LibreOffice Calc when root runs them on Debian.

PY := .venv/bin/python
PIP := $(PY) -m pip --quiet --disable-pip-version-check
DUCKDB_15 := 1.5.6

.PHONY: help run demo demo-ga4 test test-duckdb-1.5 lock clean

help:
	@echo "make run              start Vigie; the first time, with two years of an invented brand"
	@echo "make demo             only make that brand's warehouse, if there is none"
	@echo "make demo-ga4         connect to Google Analytics, fetch two years and go on, without an account: a server"
	@echo "                      on this computer answers in its place, into a brand of its own"
	@echo "make test             check everything: style, types, tests, and the warehouse on DuckDB 1.5"
	@echo "make test-duckdb-1.5  only the tests of the warehouse, on DuckDB 1.5"
	@echo "make lock             pin requirements*.txt again after a change of requirements*.in;"
	@echo "                      make lock UPGRADE=1 takes the newest versions"
	@echo "make clean            remove what make installed; your figures stay"

run: demo
	@.venv/bin/streamlit run app.py

demo: .venv/.run
	@$(PY) vigie.py demo

demo-ga4: .venv/.run
	@$(PY) vigie.py demo --ga4

test: .venv/.test
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m pyright
	@VIGIE_BROWSER=$$(.ci/browser) && VIGIE_OFFICE=$$(.ci/office) && export VIGIE_BROWSER VIGIE_OFFICE && \
	    $(PY) -m pytest -n 2
	@$(MAKE) --no-print-directory test-duckdb-1.5

test-duckdb-1.5: .venv-duckdb15/.made
	@echo "The warehouse on DuckDB $(DUCKDB_15):"
	@.venv-duckdb15/bin/python -m pytest -n 2 tests/data

.venv/.run: requirements.txt
	@.ci/venv
	@echo "Installing what Vigie runs on, a minute or two ..."
	@$(PIP) install -r requirements.txt
	@touch $@

.venv/.test: requirements-dev.txt
	@.ci/venv
	@echo "Installing what Vigie and its tests run on, a minute or two ..."
	@$(PIP) install -r requirements-dev.txt
	@touch .venv/.run $@

# The packages of .venv with another DuckDB before them.
.venv-duckdb15/.made: Makefile .venv/.test
	@$(PY) -m venv --clear --without-pip .venv-duckdb15
	@$(PIP) --python .venv-duckdb15/bin/python install --no-deps duckdb==$(DUCKDB_15)
	@site='import sysconfig; print(sysconfig.get_path("purelib"))'; \
	    $(PY) -c "$$site" > "$$(.venv-duckdb15/bin/python -c "$$site")/vigie.pth"
	@touch $@

# Pinned on the oldest Python that Vigie runs on, or the pins might not install there.
lock:
	@python3.11 -m venv .venv-lock
	@.venv-lock/bin/python -m pip --quiet --disable-pip-version-check install pip-tools
	@for name in requirements requirements-dev; do \
	    CUSTOM_COMPILE_COMMAND="make lock" .venv-lock/bin/pip-compile --quiet --strip-extras \
	        --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options \
	        $(if $(UPGRADE),--upgrade) --output-file=$$name.txt $$name.in || exit 1; \
	done

clean:
	@rm -rf .venv .venv-duckdb15 .venv-lock .pytest_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
