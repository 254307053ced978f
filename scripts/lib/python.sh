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

# Downloads Debian's or Ubuntu's packages into the current folder and unpacks them into ./root.
python311_unpack() {
    local deb
    apt-get -q download libpython3.11 libpython3.11-stdlib libpython3.11-minimal || return 1
    for deb in *.deb; do
        dpkg -x "$deb" root || return 1
    done
}

# python311_fetch: unpacks it into the cache, installing nothing.
python311_fetch() (
    have apt-get && have dpkg && apt-cache show libpython3.11 >/dev/null 2>&1 || return 1
    work=$(mktemp -d "$CACHE/.fetch.XXXXXX")
    trap 'rm -rf "$work"' EXIT
    cd "$work"
    long "apt-get download: CPython 3.11, unpacked into the cache" python311_unpack || return 1
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
