# Two commands are enough: `make simulate` and `make test`. Whatever builds installs what is missing first.

FROM ?= 2011-01-01
TO ?= 2011-12-10
SCALE ?=
FUZZ ?= yaml decoder validate fmt cron
FUZZ_SECONDS ?= 600
PABAL := .build/release/pabal

.DEFAULT_GOAL := build
.PHONY: build simulate test torture fuzz release schemas format bench setup clean

build: setup
	swift build -c release --product pabal

simulate: build
	$(PABAL) simulate campaigns --from $(FROM) --to $(TO)

# The tests also run the program itself. One build serves both, and `make simulate` after it: `swift test` alone would build
# everything again with other flags.
test: setup
	swift build -c release --build-tests
	swift build -c release --product pabal
	swift test -c release --skip-build

# The long forms of tests; hours, all in all. 50 imports killed at random moments, after each of which a whole data set is
# there or none; 1,000 bytes changed at random, each of which is an error or changes no answer; 10,000 edited layouts that
# leave a plan's digest as it is; a million conditions of random customers against the contract; a million seeded histories of
# the runner; 2,000 runners killed; a whole year decided by runner and simulation alike.
torture: setup
	swift build -c release --build-tests
	swift build -c release --product pabal
	PABAL_TEST_FULL=1 swift test -c release --skip-build --filter "KilledImportTests|RandomFlipTests|PlanTests"
	PABAL_PAIRS=1000000 swift test -c release --skip-build --filter "OracleTests"
	PABAL_AGREEMENT=year swift test -c release --skip-build --filter "AgreementTests"
	PABAL_KILLS=2000 swift test -c release --skip-build --filter "KilledRunnerTests"
	PABAL_HISTORIES=1000000 swift test -c release --skip-build --filter "HistoryTests"

# libFuzzer on everything that takes bytes from outside, FUZZ_SECONDS each: a crash, a hang of 10 seconds or more than 512 MiB
# ends it. What it finds goes to Tests/PabalFuzzingTests/Corpus and is a test from then on.
fuzz: setup
	swift build -c release --product PabalFuzzing --scratch-path .build-fuzz \
	  -Xswiftc -sanitize=fuzzer,address -Xswiftc -parse-as-library
	swiftc -sanitize=fuzzer,address -o .build-fuzz/pabal-fuzz \
	  .build-fuzz/release/libPabalFuzzing.a -lyaml
	for target in $(FUZZ); do \
	  mkdir -p .build-fuzz/corpus/$$target .build-fuzz/findings; \
	  PABAL_FUZZ=$$target ASAN_OPTIONS=detect_leaks=0 .build-fuzz/pabal-fuzz -max_total_time=$(FUZZ_SECONDS) -timeout=10 \
	    -rss_limit_mb=512 -max_len=20000 -print_final_stats=1 -artifact_prefix=.build-fuzz/findings/$$target- \
	    .build-fuzz/corpus/$$target Tests/PabalFuzzingTests/Corpus/$$target || exit 1; \
	done

# The program as one file that needs no Swift and no other library, only glibc: dist/pabal-VERSION-linux-ARCH.tar.gz with its
# SHA-256. A folder that holds nothing but static libraries comes first where the linker looks: pkg-config names it instead of
# the system's, which Swift's package manager puts before all others. What is called gcc_s there is its static twin.
STATIC := $(CURDIR)/.build-release/static
release: setup
	mkdir -p $(STATIC) dist
	for library in yaml z deflate sqlite3 stdc++ gcc_eh; do \
	  file=$$($(CC) -print-file-name=lib$$library.a); \
	  [ "$$file" != lib$$library.a ] && ln -sf "$$file" $(STATIC)/ || echo "release: lib$$library stays shared" >&2; \
	done
	[ ! -e $(STATIC)/libgcc_eh.a ] || mv -f $(STATIC)/libgcc_eh.a $(STATIC)/libgcc_s.a
	for package in yaml-0.1 zlib libdeflate sqlite3; do \
	  sed 's|^Libs: *-L[^ ]*|Libs: -L$(STATIC)|' "$$(pkg-config --variable=pcfiledir $$package)/$$package.pc" \
	    >$(STATIC)/$$package.pc || exit 1; \
	done
	PKG_CONFIG_PATH=$(STATIC) swift build -c release --product pabal --static-swift-stdlib --scratch-path .build-release
	cp .build-release/release/pabal dist/pabal
	strip dist/pabal
	set -eu; version=$$(dist/pabal --version | cut -d' ' -f2); \
	  archive=pabal-$$version-$$(uname -s | tr A-Z a-z)-$$(uname -m).tar.gz; \
	  tar -czf dist/$$archive --owner=0 --group=0 --numeric-owner --sort=name --mtime=@0 -C dist pabal; \
	  cd dist && sha256sum $$archive | tee $$archive.sha256

# What editors know of the language; a test fails where these files are not what the program would write.
schemas: build
	$(PABAL) schema --out schemas

format:
	swift format --in-place --recursive Sources Tests Package.swift

bench: build
	python3 Benchmarks/replay.py --from $(FROM) --to $(TO)
	python3 Benchmarks/scale.py $(SCALE)
	python3 Benchmarks/runner.py
	python3 Benchmarks/validate.py
	python3 Benchmarks/lsp.py

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
	  pkg-config --exists libdeflate 2>/dev/null || missing="$$missing libdeflate"; \
	  [ -z "$$missing" ] && exit 0; \
	  command -v brew >/dev/null || { echo "setup: please install:$$missing" >&2; exit 1; }; \
	  brew install $$missing; exit 0; \
	fi; \
	missing=""; \
	command -v git >/dev/null || missing="$$missing git"; \
	command -v pkg-config >/dev/null || missing="$$missing pkg-config"; \
	pkg-config --exists yaml-0.1 2>/dev/null || missing="$$missing libyaml-dev"; \
	pkg-config --exists zlib 2>/dev/null || missing="$$missing zlib1g-dev"; \
	pkg-config --exists libdeflate 2>/dev/null || missing="$$missing libdeflate-dev"; \
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
	rm -rf campaigns/.pabal .build-bench .build-fuzz .build-release dist
