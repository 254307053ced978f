# CPython 3.11, whose standard library the chain that can be moved in time runs on
# (`tests/timetravel`). Optional: without it those tests are skipped.
# Sourced by scripts/setup; needs say.sh, pins.sh and fetch.sh.

# is_python311 PREFIX: standard library and shared library of CPython 3.11?
is_python311() {
    [ -f "$1/lib/python3.11/os.py" ] || return 1
    compgen -G "$1/lib*/libpython3.11.so*" >/dev/null || compgen -G "$1/lib/*/libpython3.11.so*" >/dev/null
}

# Prints the first prefix that has it; the same places as tests/timetravel/python.rs.
python311_prefix() {
    local prefix
    for prefix in "${VECHE_PYTHON311:-}" "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.11* /usr /usr/local \
        "$CACHE/python-3.11/usr"; do
        if [ -n "$prefix" ] && is_python311 "$prefix"; then
            echo "$prefix"
            return 0
        fi
    done
    return 1
}

PYTHON311_PACKAGES=(libpython3.11 libpython3.11-stdlib libpython3.11-minimal)

# Downloads the packages into the current folder and unpacks them into ./root; "$@" are options for apt-get.
python311_unpack() {
    local deb
    apt-get -q "$@" download "${PYTHON311_PACKAGES[@]}" || return 1
    for deb in *.deb; do
        dpkg -x "$deb" root || return 1
    done
}

# The same from the last release of this system's distribution that has CPython 3.11, read from the
# mirror that apt uses anyway, with lists of its own: the system's configuration stays as it is.
python311_unpack_older() {
    local uri origin older
    read -r uri origin < <(apt-get indextargets --format '$(REPO_URI) $(ORIGIN)' 'Created-By: Packages' |
        grep -E ' (Debian|Ubuntu)$' | grep -v security) || return 1
    case $origin in
        Debian) older="bookworm main" ;;
        Ubuntu) older="jammy-updates main universe" ;;
    esac
    mkdir -p apt/lists/partial apt/cache/archives/partial
    local key=/usr/share/keyrings/${origin,,}-archive-keyring.gpg
    echo "deb [signed-by=$key] $uri $older" >apt/sources.list
    set -- -o "Dir::Etc::sourcelist=$PWD/apt/sources.list" -o Dir::Etc::sourceparts=- \
        -o "Dir::State::lists=$PWD/apt/lists" -o "Dir::Cache=$PWD/apt/cache" -o APT::Sandbox::User=root \
        -o Acquire::Languages=none
    apt-get -q "$@" update && python311_unpack "$@"
}

# python311_fetch: unpacks it into the cache, installing nothing.
python311_fetch() (
    have apt-get && have dpkg || return 1
    work=$(mktemp -d "$CACHE/.fetch.XXXXXX")
    trap 'rm -rf "$work"' EXIT
    cd "$work"
    if apt-cache show libpython3.11 >/dev/null 2>&1; then
        long "apt-get download: CPython 3.11, unpacked into the cache" python311_unpack || return 1
    else
        long "apt-get download: CPython 3.11 of an older release, unpacked into the cache" \
            python311_unpack_older || return 1
    fi
    is_python311 "$work/root/usr" || return 1
    rm -rf "$CACHE/python-3.11"
    mv root "$CACHE/python-3.11"
)

# python311_yaml FOLDER: the one package that the node's Python half in FOLDER needs and lacks.
python311_yaml() {
    local yaml=$CACHE/pyyaml-$YAML_VERSION
    [ -f "$yaml/.complete" ] ||
        wheel "$YAML_PACKAGE $YAML_VERSION" "$YAML_PACKAGE==$YAML_VERSION" "$YAML_SHA256" "$yaml" \
            --python-version 3.11 --platform manylinux_2_28_x86_64 --platform manylinux2014_x86_64 || return 1
    ln -sfn "$yaml/yaml" "$1/yaml"
}
