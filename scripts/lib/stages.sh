# Runs named stages one after the other and tells at the end how each went.
# Sourced by scripts/test. A stage NAME is a function stage_NAME.

SKIPPED=$(mktemp)
RESULTS=$(mktemp)
LOG=$(mktemp)
trap 'rm -f "$SKIPPED" "$RESULTS" "$LOG"' EXIT

# skip WHAT: something was left out; repeated loudly at the end.
skip() {
    warn "skipped: $1"
    echo "$1" >>"$SKIPPED"
}

# Sums up cargo's "test result" lines of the log: passed, failed, ignored.
counts() {
    awk '/^test result:/ { for (i = 2; i <= NF; i++) { if ($i ~ /^passed/) p += $(i-1)
             if ($i ~ /^failed/) f += $(i-1); if ($i ~ /^ignored/) n += $(i-1) } }
         END { printf "%d %d %d", p, f, n }' "$LOG"
}

run_stages() {
    local stage started status passed failed ignored bad=0 total=0
    for stage in "$@"; do
        say "── $stage"
        started=$SECONDS
        "stage_$stage" 2>&1 | tee "$LOG"
        status=${PIPESTATUS[0]}
        read -r passed failed ignored <<<"$(counts)"
        grep -ao 'SKIPPED: .*' "$LOG" >>"$SKIPPED"
        total=$((total + passed))
        printf '%-10s %-7s %5d s %6s %6s %8s\n' "$stage" "$([ "$status" = 0 ] && echo ok || echo FAILED)" \
            $((SECONDS - started)) "$passed" "$failed" "$ignored" >>"$RESULTS"
        if ((status != 0)); then
            bad=1
            warn "stage $stage failed"
        fi
        # Without the programs of the first stages nothing after them means anything.
        [[ $stage == setup || $stage == contracts ]] && ((status != 0)) && break
    done
    {
        printf '\n%-10s %-7s %7s %6s %6s %8s\n' stage result time passed failed ignored
        cat "$RESULTS"
        if [ -s "$SKIPPED" ]; then
            printf '\nNOT RUN, so not shown to work:\n'
            sort "$SKIPPED" | uniq -c | sort -rn | sed 's/^ *\([0-9]*\) /  \1 × /'
        fi
        printf '\n%s: %d tests passed in %d s\n' "$( ((bad)) && echo FAILED || echo ok)" "$total" "$SECONDS"
    } >&2
    return "$bad"
}
