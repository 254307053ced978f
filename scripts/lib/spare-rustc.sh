# A compiler for contracts where rustup cannot download the wasm target: Debian's `rustc-web`, unpacked
# and not installed, with `core` and `alloc` built from `rust-web-src`.
# Sourced by scripts/setup; needs say.sh, pins.sh and fetch.sh.

# Prints the apt packages that rustc-web and its sources need beyond what this machine has.
spare_packages() {
    apt-get install --no-install-recommends --yes --print-uris rustc-web rust-web-src 2>/dev/null |
        sed -n "s/^'[^']*' \([^_]*\)_.*/\1/p"
}

# Downloads the packages into the current folder and unpacks them into ./root. Installs nothing.
spare_unpack() {
    local deb
    apt-get -q download $(spare_packages) || return 1
    mkdir root
    for deb in *.deb; do
        dpkg -x "$deb" root || return 1
    done
}

# spare_core TOOLCHAIN RUSTC: builds core and alloc for the wasm target into ./target.
spare_core() {
    mkdir -p seed/src
    printf '[package]\nname = "seed"\nversion = "0.0.0"\nedition = "2024"\n\n[workspace]\n' >seed/Cargo.toml
    printf '#![no_std]\nextern crate alloc;\n' >seed/src/lib.rs
    # Contracts are linked with LTO, which needs the bitcode that cargo would leave out here.
    env RUSTC="$2" RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Cembed-bitcode=yes CARGO_TARGET_DIR="$PWD/target" rustup run "$1" \
        cargo build --release -Zbuild-std=core,alloc --target "$WASM_TARGET" --manifest-path seed/Cargo.toml
}

# spare_rustc TOOLCHAIN: makes $CACHE/bin/rustc-wasm. TOOLCHAIN lends its cargo and its rust-lld.
spare_rustc() (
    have apt-get && have dpkg || return 1
    folder=$CACHE/rustc-wasm
    work=$(mktemp -d "$CACHE/.fetch.XXXXXX")
    trap 'rm -rf "$work"' EXIT
    cd "$work"
    long "apt-get download: rustc-web and rust-web-src (150 MB), unpacked into the cache" spare_unpack || return 1
    libraries=root/usr/lib/$(uname -m)-linux-gnu:root/usr/lib
    host=$(LD_LIBRARY_PATH=$libraries root/usr/bin/rustc -vV | sed -n 's/^host: //p')
    [ -n "$host" ] || return 1
    lib=usr/lib/rustlib
    lld=$(rustup run "$1" rustc --print sysroot)/lib/rustlib/$host/bin/rust-lld
    [ -x "$lld" ] || return 1
    mkdir -p "root/$lib/$host/bin" "root/$lib/$WASM_TARGET/lib"
    # rust-lld finds its libraries beside itself, so it stays where it is.
    wrapper "root/$lib/$host/bin/rust-lld" "$lld"

    wrapper rustc env "LD_LIBRARY_PATH=$work/${libraries/:/:$work/}" "$work/root/usr/bin/rustc"
    long "building core and alloc for $WASM_TARGET" spare_core "$1" "$work/rustc" || return 1
    cp "target/$WASM_TARGET/release/deps/"lib{core,alloc,compiler_builtins}-*.rlib "root/$lib/$WASM_TARGET/lib/"

    rm -rf root/usr/src root/usr/share "root/$lib/src" "$folder"
    mv root "$folder"
    wrapper "$CACHE/bin/rustc-wasm" env "LD_LIBRARY_PATH=$folder/usr/lib/$(uname -m)-linux-gnu:$folder/usr/lib" "$folder/usr/bin/rustc"
    "$CACHE/bin/rustc-wasm" --version >/dev/null
)
