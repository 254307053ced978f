# How the scripts talk: to stderr, one line a fact, with signs of life during long work.
# Sourced by other scripts. `PROGRAM` names the speaker.

say() { printf '%s: %s\n' "$PROGRAM" "$*" >&2; }
warn() { printf '%s: WARNING: %s\n' "$PROGRAM" "$*" >&2; }
die() {
    printf '%s: ERROR: %s\n' "$PROGRAM" "$*" >&2
    exit 1
}

# have PROGRAM: is it on the path?
have() { command -v "$1" >/dev/null 2>&1; }

# long WHAT COMMAND...: runs the command quietly, says every ten seconds that it still runs,
# and shows the end of its output if it fails. Returns the command's status.
long() {
    local what=$1 log pid started=$SECONDS next=10 status=0
    shift
    log=$(mktemp)
    say "$what"
    "$@" >"$log" 2>&1 </dev/null &
    pid=$!
    while kill -0 "$pid" 2>/dev/null; do
        sleep 0.2
        if ((SECONDS - started >= next)); then
            say "  … $((SECONDS - started)) s, $(tail -n 1 "$log" | tr -d '\r' | cut -c 1-100)"
            next=$((next + 10))
        fi
    done
    wait "$pid" || status=$?
    if ((status != 0)); then
        tail -n 15 "$log" | sed 's/^/    /' >&2
    fi
    rm -f "$log"
    return "$status"
}
