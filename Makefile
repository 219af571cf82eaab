# One way in. Every target creates what it needs; nothing outside this folder is changed.
# pip's own configuration (mirror, proxy, constraints) is honoured; no index is ever set here.
# On Windows without make, README.md gives the same steps by hand.

VENV  ?= .venv
BIN   := $(VENV)/bin
PY    := $(BIN)/python
PIP   := $(PY) -m pip --disable-pip-version-check

# Texts to measure with, as NAME.jsonl.gz; without any, a short run on texts made from the seeds.
# SETS names those in which all pairs are compared with what a scan finds.
CORPORA ?= $(DEDUP_CORPORA)

# Those that Spark scans, whole, and a corpus that benchmarks/recombine.py made; without it, a million
# documents are made.
SPARK_SETS ?= $(or $(SETS),laws)
MADE ?=

# What an installation is made from, apart from the Python sources, which are used in place.
BUILT_FROM := pyproject.toml $(wildcard setup.py native/*)

# With CI=true every extra is installed, slow tests run, and a skipped test is a failure.
EXTRA := $(if $(filter true,$(CI)),dev,test)

.DELETE_ON_ERROR:
.PHONY: help scan test check bench docs wheelhouse clean

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1 \2/p' Makefile | while read -r make target what; do \
	  printf '  %s %-11s %s\n' "$$make" "$$target" "$$what"; done

scan: $(VENV)/.installed ## install, then say what the two seed files have in common
	@"$(BIN)/dedup" scan seeds/

test: $(VENV)/.installed-$(EXTRA) ## run the tests (CI=true: all of them, and no skips)
	@"$(PY)" -m pytest -n auto --dist loadfile

check: $(VENV)/.installed-dev ## lint, types, and everything generated is up to date
	@"$(PY)" -m ruff check .
	@"$(PY)" -m ruff format --check .
	@"$(PY)" -m mypy
	@"$(PY)" tools/generate_cli_reference.py --check
	@"$(PY)" tools/generate_char_frequency.py --check
	@"$(PY)" tools/generate_fold_table.py --check
	@"$(PY)" tools/generate_word_classes.py --check
	@"$(PY)" benchmarks/document.py --check

bench: $(VENV)/.installed-bench ## speed and scaling, then what is found: make bench CORPORA=DIR
	@"$(PY)" benchmarks/run.py $(if $(CORPORA),"$(CORPORA)",--quick --peers here)
	@"$(PY)" -m benchmarks.accuracy $(if $(CORPORA),--corpora "$(CORPORA)",--quick)
	@"$(PY)" benchmarks/spark.py --if-there $(if $(CORPORA),"$(CORPORA)" --set $(SPARK_SETS) --same \
	  $(if $(MADE),--made "$(MADE)",--documents 1000000),--quick --results build/benchmarks)
	@$(if $(CORPORA),"$(PY)" benchmarks/document.py)
	@for set in $(if $(CORPORA),$(or $(SETS),laws)); do \
	  "$(PY)" benchmarks/candidates.py --corpora "$(CORPORA)" --set "$$set" --files || exit; done

docs: $(VENV)/.installed ## write what is generated in the documents anew
	@"$(PY)" tools/generate_cli_reference.py
	@"$(PY)" tools/documents.py README.md README.zh-CN.md examples/README.md

wheelhouse: $(VENV)/.created ## collect all wheels for an installation without network
	@rm -rf wheelhouse
	@$(PIP) wheel --quiet --wheel-dir wheelhouse .
	@echo 'Install from it, here or elsewhere:  pip install --no-index --find-links wheelhouse zh-dedup'

clean: ## remove what the targets above made
	@rm -rf "$(VENV)" wheelhouse build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/.created:
	@sh tools/make_venv.sh "$(VENV)"
	@touch "$@"

$(VENV)/.installed: $(VENV)/.created $(BUILT_FROM)
	@echo 'Installing …' >&2
	@$(PIP) install --quiet --editable .
	@touch "$@"

$(VENV)/.installed-%: $(VENV)/.created $(BUILT_FROM)
	@echo 'Installing, with what "$*" needs …' >&2
	@$(PIP) install --quiet --editable '.[$*]'
	@touch "$@" "$(VENV)/.installed"
