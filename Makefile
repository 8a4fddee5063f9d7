# Builds, tests and installs Tingle. Targets that compile first install missing packages with apt.

PREFIX ?= /usr/local
# apt needs root: sudo is used for other users.
SUDO := $(if $(filter 0,$(shell id -u)),,sudo)
# Waits up to 300 s for another apt process, such as unattended-upgrades. `apt-get update` does not wait; the
# lists are being updated then anyway.
APT_GET := $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300

BUILD_PACKAGES := pkg-config libsndfile1-dev libmpg123-dev libasound2-dev libebur128-dev libmysofa-dev \
  libcairo2-dev libncurses-dev libdbus-1-dev libogg-dev libssl-dev
TEST_PACKAGES := $(BUILD_PACKAGES) libasound2-plugins pulseaudio pulseaudio-utils \
  espeak-ng tmux dbus slurm-wlm parallel codespell

# The instruction set of the build: x86-64-v3 (AVX2) where this machine has it, else that of every machine of its
# architecture. `make TINGLE_CPU= install` builds a program for other machines too; its samples are the same.
TINGLE_CPU ?= $(shell /lib64/ld-linux-x86-64.so.2 --help 2>/dev/null | awk '/x86-64-v3 .supported/ {print $$1}')
export TINGLE_CPU

BINARY := .build/release/tingle
MAN := .build/man

.PHONY: demo build man test compare-builds calibrate fuzz fuzz-check fingerprints reference docs lint lint-docs
.PHONY: install uninstall bench bench-check bench-peers clean build-packages test-packages

# Renders ten minutes of the preset `sleep`.
demo: build
	$(BINARY) render sleep -o sleep.wav --duration 10m --force

build: build-packages
	swift build -c release --product tingle

# Generates the manual pages from the command declarations: tingle.1, tingle-render.1 and so on. The generator
# names the pages tingle.render.1; sed adjusts the references, turns empty lines into paragraphs and sets the
# page footer.
man: build
	swift build -c release --product generate-manual
	rm -rf $(MAN)
	mkdir -p $(MAN)
	.build/release/generate-manual $(BINARY) --multi-page --output-directory $(MAN)
	sed -E -i -e '/^\.(Dt|Xr) /s/([[:alpha:]])\.([[:alpha:]])/\1-\2/g' -e 's/^$$/.Pp/' \
	  -e 's/^\.Os$$/.Os Tingle/' $(MAN)/*.1
	cd $(MAN) && for page in *.*.1; do \
	  name=$${page%.1}; mv $$page $$(echo $$name | tr . -).1; \
	done

# Treats warnings as errors.
test: export TINGLE_STRICT = 1
test: test-packages lint
	swift build -c release --build-tests
	swift test -c release --skip-build

# Checks that the builds with and without AVX2 render the same bytes.
compare-builds: build-packages
	.ci/compare-builds

lint: lint-docs
	swift format lint --strict --recursive Sources Tests Package.swift

# Checks line length, wording, links and spelling.
lint-docs:
	.ci/check-text

# Rewrites the fingerprints of the presets, after an intended change of the sound.
fingerprints: build-packages
	TINGLE_RECORD_FINGERPRINTS=1 swift test -c release --filter FingerprintTests

# Writes the preset reference from the parameter declarations.
REFERENCE := Sources/TinglePresets/TinglePresets.docc/PresetReference.md
reference: build-packages
	swift build -c release --product reference
	.build/release/reference > $(REFERENCE)

# Builds the documentation of all modules into .build/docs, for a web server. A link that leads nowhere is an error; DocC
# also warns of parameters without documentation, which is allowed.
DOCS_TARGETS := TingleSupport TingleDSP TingleText TingleMix TingleScripts TinglePresets TingleFiles TingleDevices TingleMetering \
  TingleBatch TingleChart TingleLive TingleLearning
UNRESOLVED := doesn't exist|couldn't be resolved|could not be resolved|is ambiguous|can't resolve
docs: export TINGLE_DOCS = 1
docs: build-packages
	@mkdir -p .build
	swift package --allow-writing-to-directory .build/docs generate-documentation \
	  $(DOCS_TARGETS:%=--target %) --enable-experimental-combined-documentation \
	  --transform-for-static-hosting --output-path .build/docs > .build/docs.log 2>&1 \
	  || { tail -n 40 .build/docs.log; exit 1; }
	@! grep -E -A 5 "$(UNRESOLVED)" .build/docs.log

# Prints each trigger's loudness and the constant that brings it to the target: `make calibrate TRIGGER=tap`.
calibrate: build-packages
	swift run -c release calibrate $(TRIGGER)

# Checks random sleep presets against the targets of `tingle check`: `make fuzz COUNT=5000 SEED=7`. A preset
# that fails is reduced and written to the current folder.
fuzz: build-packages
	swift run -c release fuzz $(or $(COUNT),2000) $(SEED)

# Measures corrupted sound files of every format. Files that crash the program, hang it or exhaust memory are
# kept.
fuzz-check: build-packages
	swift run fuzz-check --files 20000 --keep fuzzed

bench: build-packages
	swift run -c release benchmarks

# Compares the instruction counts of three renders with those in Tests/Benchmarks/instructions.txt.
# `make bench-check RECORD=--record` writes the file, after an intended change.
bench-check: PACKAGES = valgrind
bench-check: build
	$(install-missing)
	Tests/Benchmarks/check-instructions.py $(RECORD)

# Compares the CPU time with that of other programs: SoX, Csound and espeak-ng.
bench-peers: PACKAGES = sox csound espeak-ng
bench-peers: build
	$(install-missing)
	Tests/Benchmarks/compare-peers.py

# Installs the program, presets, manual pages and shell completions under PREFIX; DESTDIR is prepended.
install: build man
	install -D $(BINARY) $(DESTDIR)$(PREFIX)/bin/tingle
	install -d $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 644 $(MAN)/*.1 $(DESTDIR)$(PREFIX)/share/man/man1
	install -d $(DESTDIR)$(PREFIX)/share/tingle/presets
	install -m 644 Presets/*.yaml $(DESTDIR)$(PREFIX)/share/tingle/presets
	install -d $(DESTDIR)$(PREFIX)/share/bash-completion/completions \
	  $(DESTDIR)$(PREFIX)/share/zsh/site-functions $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	$(BINARY) --generate-completion-script bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/tingle
	$(BINARY) --generate-completion-script zsh > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_tingle
	$(BINARY) --generate-completion-script fish > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/tingle.fish

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/tingle
	rm -f $(DESTDIR)$(PREFIX)/share/man/man1/tingle.1 $(DESTDIR)$(PREFIX)/share/man/man1/tingle-*.1
	rm -rf $(DESTDIR)$(PREFIX)/share/tingle
	rm -f $(DESTDIR)$(PREFIX)/share/bash-completion/completions/tingle \
	  $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_tingle \
	  $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/tingle.fish

clean:
	rm -rf .build sleep.wav

# apt runs only if a package is missing.
define install-missing
	@missing=$$(for package in $(PACKAGES); do \
	    dpkg-query -W -f '$${db:Status-Status}' $$package 2>/dev/null | grep -qx installed || echo $$package; \
	  done); \
	if [ -n "$$missing" ]; then \
	  echo "Installing" $$missing; \
	  $(APT_GET) update -qq; $(APT_GET) install -y -qq --no-install-recommends $$missing; \
	fi
endef

build-packages: PACKAGES = $(BUILD_PACKAGES)
test-packages: PACKAGES = $(TEST_PACKAGES)
build-packages test-packages:
	$(install-missing)
