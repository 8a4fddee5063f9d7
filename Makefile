# Tingle. `make demo` shows it, `make test` proves it; both install what is missing first.

PREFIX ?= /usr/local
# apt needs root; where we are not, sudo asks.
SUDO := $(if $(filter 0,$(shell id -u)),,sudo)
# Another apt at work, such as the nightly upgrade, is waited for; `update` alone does not wait, but then the lists are
# being updated already.
APT_GET := $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300

BUILD_PACKAGES := pkg-config libsndfile1-dev libmpg123-dev libasound2-dev libebur128-dev libmysofa-dev libcairo2-dev libncurses-dev libdbus-1-dev libogg-dev libssl-dev
TEST_PACKAGES := $(BUILD_PACKAGES) libasound2-plugins pulseaudio pulseaudio-utils espeak-ng tmux dbus slurm-wlm parallel codespell

BINARY := .build/release/tingle

.PHONY: demo build test calibrate fuzz fuzz-check fingerprints reference docs lint lint-docs install uninstall bench clean \
  build-packages test-packages

demo: build
	$(BINARY) render sleep -o sleep.wav --duration 10m --force

build: build-packages
	swift build -c release --product tingle

test: export TINGLE_STRICT = 1
test: test-packages lint
	swift build -c release --build-tests
	swift test -c release --skip-build

lint:
	swift format lint --strict --recursive Sources Tests Package.swift

# Checks line length, wording, links and spelling.
lint-docs:
	.ci/check-text

# Rewrites the fingerprints of the presets' sound, after an intended change of the sound.
fingerprints: build-packages
	TINGLE_RECORD_FINGERPRINTS=1 swift test -c release --filter FingerprintTests

# Writes the preset reference from the parameter declarations.
REFERENCE := Sources/TinglePresets/TinglePresets.docc/PresetReference.md
reference: build-packages
	swift build -c release --product reference
	.build/release/reference > $(REFERENCE)

# Builds the documentation of all modules into .build/docs, for a web server. A link that leads nowhere is an error; DocC
# also warns of parameters without documentation, which is allowed.
DOCS_TARGETS := TingleSupport TingleDSP TingleText TingleMix TinglePresets TingleFiles TingleDevices TingleMetering \
  TingleBatch TingleChart TingleLive
UNRESOLVED := doesn't exist|couldn't be resolved|could not be resolved|is ambiguous|can't resolve
docs: export TINGLE_DOCS = 1
docs: build-packages
	@mkdir -p .build
	swift package --allow-writing-to-directory .build/docs generate-documentation \
	  $(DOCS_TARGETS:%=--target %) --enable-experimental-combined-documentation \
	  --transform-for-static-hosting --output-path .build/docs > .build/docs.log 2>&1 \
	  || { tail -n 40 .build/docs.log; exit 1; }
	@! grep -E -A 5 "$(UNRESOLVED)" .build/docs.log

# Prints the loudness of every trigger, and the constant that would bring it to the target; `make calibrate TRIGGER=tap`.
calibrate: build-packages
	swift run -c release calibrate $(TRIGGER)

# Random presets for sleep, held to the targets of `tingle check`; `make fuzz COUNT=5000 SEED=7`. A preset that fails is made
# small and written to the current folder.
fuzz: build-packages
	swift run -c release fuzz $(or $(COUNT),2000) $(SEED)

# Broken sound files of every format are measured or refused; what crashes, hangs or takes too much memory is kept.
fuzz-check: build-packages
	swift run fuzz-check --files 20000 --keep fuzzed

bench: build-packages
	swift run -c release benchmarks

install: build
	install -D $(BINARY) $(DESTDIR)$(PREFIX)/bin/tingle
	install -d $(DESTDIR)$(PREFIX)/share/tingle/presets
	install -m 644 Presets/*.yaml $(DESTDIR)$(PREFIX)/share/tingle/presets
	install -d $(DESTDIR)$(PREFIX)/share/bash-completion/completions \
	  $(DESTDIR)$(PREFIX)/share/zsh/site-functions $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	$(BINARY) --generate-completion-script bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/tingle
	$(BINARY) --generate-completion-script zsh > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_tingle
	$(BINARY) --generate-completion-script fish > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/tingle.fish

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/tingle
	rm -rf $(DESTDIR)$(PREFIX)/share/tingle
	rm -f $(DESTDIR)$(PREFIX)/share/bash-completion/completions/tingle \
	  $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_tingle \
	  $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/tingle.fish

clean:
	rm -rf .build sleep.wav

# Nothing is asked of apt when everything is there.
build-packages: PACKAGES = $(BUILD_PACKAGES)
test-packages: PACKAGES = $(TEST_PACKAGES)
build-packages test-packages:
	@missing=$$(for package in $(PACKAGES); do \
	    dpkg-query -W -f '$${db:Status-Status}' $$package 2>/dev/null | grep -qx installed || echo $$package; \
	  done); \
	if [ -n "$$missing" ]; then \
	  echo "Installing" $$missing; \
	  $(APT_GET) update -qq; $(APT_GET) install -y -qq --no-install-recommends $$missing; \
	fi
