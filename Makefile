# Two commands are enough: `make run` and `make test`. `make help` lists the others.

# The first Python that is new enough; `make run PYTHON=...` names another.
PYTHON ?= $(shell for each in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo "$$each" && break; done)
INSTALL = @test -n "$(PYTHON)" || { echo "Gawah needs Python 3.11 or newer."; exit 1; }; \
	$(PYTHON) config/install.py
BIN = .venv/bin
BACKUP ?= var/backups/gawah-$(shell date -u +%Y-%m-%dT%H%M%SZ).dump

.DEFAULT_GOAL = help
.PHONY: help run test lint types format bench messages requirements stop backup restore drill

help: ## List the targets
	@sed -n 's/^\([a-z]*\): .*## \(.*\)/\1	\2/p' Makefile | expand -t 16

run: ## Do all that is needed and serve on 127.0.0.1:8000 (PORT=... changes it); Ctrl-C stops it
	$(INSTALL) requirements.txt
	@exec $(BIN)/python -m config.start

# Types are checked beside the tests; what they find is shown first when the tests are done.
test: lint ## Lint, types and tests
	@$(BIN)/mypy . > var/types.txt 2>&1 & types=$$!; trap 'kill $$types 2>/dev/null' EXIT; \
	$(BIN)/pytest -n logical --dist loadgroup; tests=$$?; \
	wait $$types; found=$$?; trap - EXIT; echo "Types: $$(tail -n 1 var/types.txt)"; \
	test $$found -eq 0 || cat var/types.txt; test $$tests -eq 0 -a $$found -eq 0

lint: ## Style and format
	$(INSTALL) requirements-dev.txt
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: ## Static types
	$(INSTALL) requirements-dev.txt
	@$(BIN)/mypy .

format: ## Put code into the common form
	$(INSTALL) requirements-dev.txt
	@$(BIN)/ruff check --fix . && $(BIN)/ruff format .

# Parts and sizes: make bench BENCH="--incidents 20000", BENCH="--only lists --rows 10000"
bench: ## Measure speed in a database of its own and write var/bench.json
	$(INSTALL) requirements.txt
	@$(BIN)/python -m bench $(BENCH)

messages: ## Collect texts to translate into locale/ (needs gettext) and compile the catalogues
	$(INSTALL) requirements-dev.txt
	@$(BIN)/python manage.py makemessages --locale=ur --add-location=file \
		--ignore=.venv --ignore=var --ignore=tests --ignore=bench
	@$(BIN)/python -m config.messages

requirements: ## Pin requirements anew, with hashes, after a change of a .in file
	$(INSTALL) requirements-dev.txt
	@$(BIN)/python -m pip install --quiet pip-tools==7.6.2
	@for each in requirements requirements-dev; do \
		$(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header \
		--no-emit-index-url --no-emit-find-links --output-file=$$each.txt $$each.in; done

stop: ## Stop embedded servers that something left running
	@$(BIN)/python -m config.embedded stop

backup: ## Dump the embedded database to BACKUP=FILE, sealed with KEY=FILE if that is given
	@$(BIN)/python -m config.embedded backup "$(BACKUP)" $(KEY)

restore: ## Fill an empty embedded database from BACKUP=FILE, opened with KEY=FILE if it is sealed
	@$(BIN)/python -m config.embedded restore "$(BACKUP)" $(KEY)

drill: ## Seal a backup, restore it into a clean database, and compare every table
	@$(BIN)/python -m config.embedded drill
