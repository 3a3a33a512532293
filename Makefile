# Two commands are enough: `make simulate` and `make test`. Both install what is missing first.

FROM ?= 2011-01-01
TO ?= 2011-12-10
SCALE ?=
PABAL := .build/release/pabal

.DEFAULT_GOAL := build
.PHONY: build simulate test torture schemas format bench setup clean

build:
	swift build -c release --product pabal

simulate: setup build
	$(PABAL) simulate campaigns --from $(FROM) --to $(TO)

# The tests also run the program itself. One build serves both, and `make simulate` after it: `swift test` alone would build
# everything again with other flags.
test: setup
	swift build -c release --build-tests
	swift build -c release --product pabal
	swift test -c release --skip-build

# The long forms of tests; hours, all in all. 50 imports killed at random moments, after each of which a whole data set is
# there or none; 1,000 bytes changed at random, each of which is an error or changes no answer; a million conditions of random
# customers against the contract; a million seeded histories of the runner; 2,000 runners killed; a whole year decided by
# runner and simulation alike.
torture: setup
	swift build -c release --build-tests
	swift build -c release --product pabal
	PABAL_TEST_FULL=1 swift test -c release --skip-build --filter "KilledImportTests|RandomFlipTests"
	PABAL_PAIRS=1000000 swift test -c release --skip-build --filter "OracleTests"
	PABAL_AGREEMENT=year swift test -c release --skip-build --filter "AgreementTests"
	PABAL_KILLS=2000 swift test -c release --skip-build --filter "KilledRunnerTests"
	PABAL_HISTORIES=1000000 swift test -c release --skip-build --filter "HistoryTests"

# What editors know of the language; a test fails where these files are not what the program would write.
schemas: build
	$(PABAL) schema --out schemas

format:
	swift format --in-place --recursive Sources Tests Package.swift

bench: setup build
	python3 Benchmarks/replay.py --from $(FROM) --to $(TO)
	python3 Benchmarks/scale.py $(SCALE)
	python3 Benchmarks/runner.py

# The system libraries and headers that the build needs, and only those that are not there yet.
setup:
	@set -eu; \
	if ! command -v swift >/dev/null; then \
	  echo "setup: Swift 6.2 or later is needed: https://www.swift.org/install" >&2; exit 1; \
	fi; \
	if [ "$$(uname -s)" = Darwin ]; then \
	  missing=""; \
	  command -v pkg-config >/dev/null || missing="$$missing pkgconf"; \
	  pkg-config --exists yaml-0.1 2>/dev/null || missing="$$missing libyaml"; \
	  [ -z "$$missing" ] && exit 0; \
	  command -v brew >/dev/null || { echo "setup: please install:$$missing" >&2; exit 1; }; \
	  brew install $$missing; exit 0; \
	fi; \
	missing=""; \
	command -v git >/dev/null || missing="$$missing git"; \
	command -v pkg-config >/dev/null || missing="$$missing pkg-config"; \
	pkg-config --exists yaml-0.1 2>/dev/null || missing="$$missing libyaml-dev"; \
	pkg-config --exists zlib 2>/dev/null || missing="$$missing zlib1g-dev"; \
	pkg-config --exists sqlite3 2>/dev/null || missing="$$missing libsqlite3-dev"; \
	[ -e /usr/include/stdio.h ] || missing="$$missing libc6-dev"; \
	ls /usr/include/c++/*/vector >/dev/null 2>&1 || missing="$$missing g++"; \
	[ -z "$$missing" ] && exit 0; \
	echo "setup: installing$$missing"; \
	command -v apt-get >/dev/null || { echo "setup: no apt-get here; please install the like of:$$missing" >&2; exit 1; }; \
	if [ "$$(id -u)" = 0 ]; then as_root="env"; \
	elif sudo -n true 2>/dev/null; then as_root="sudo -n env"; \
	else echo "setup: please run: sudo apt-get update && sudo apt-get install -y$$missing" >&2; exit 1; fi; \
	install="$$as_root DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends$$missing"; \
	$$install >/dev/null 2>&1 || { $$as_root apt-get update -qq; $$install; }

clean:
	swift package clean
	rm -rf campaigns/.pabal .build-bench
