# Two commands for a new user: `make demo` and `make test`.
# They work on a bare Debian-like machine that has Rust and make.

EXAMPLE ?= kotka
OUT ?= runs/$(EXAMPLE)
HUKKA := target/release/hukka

.PHONY: demo test check build bench bench-peers docs clean

demo: build
	@$(HUKKA) run examples/$(EXAMPLE) --out $(OUT) --force
	@echo
	@echo "Open the report: $(CURDIR)/$(OUT)/report.html"

build:
	@tools/install-packages build
	cargo build --release --locked

# One profile for everything, so that the solver is compiled once; shown output tells what was skipped.
test:
	@tools/install-packages build browser
	cargo test --release --locked --workspace -- --show-output

# What continuous integration asks beside the tests.
check:
	cargo fmt --all --check
	cargo clippy --release --locked --workspace --all-targets -- --deny warnings
	cargo xtask tidy
	cargo xtask gen --check

bench: build
	cargo xtask bench

# Peers in an environment of their own; needs Python 3 and the network once.
PEERS := target/peers/env
bench-peers: build
	cargo build --release --locked --examples -p hukka-network -p hukka-dispatch
	test -x $(PEERS)/bin/python || python3 -m venv $(PEERS)
	$(PEERS)/bin/pip install --quiet --only-binary :all: --requirement benches/peers/requirements.txt
	$(PEERS)/bin/python benches/peers/run.py $(PEERS_ARGS)

clean:
	cargo clean
