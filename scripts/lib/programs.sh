# The programs of this repository, compiled by cargo. Sourced by other scripts.

# Where cargo puts what it makes.
TARGET=${CARGO_TARGET_DIR:-target}
[[ $TARGET == /* ]] || TARGET=$PWD/$TARGET

# compile NAME [OPTION…]: makes $TARGET/debug/NAME with these options of cargo besides, with the same
# dependencies that the tests have, feature by feature: what is compiled for a program need not be compiled
# again for the tests. cargo looks at what tests need only where a test is among the targets; this one is
# the smallest.
compile() {
    long "compile $1 (ten minutes the first time)" \
        cargo build --locked --workspace --bin "$1" --test texts "${@:2}" ||
        die "$1 does not compile"
}
