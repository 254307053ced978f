"""The page docs/mutants.md."""

from collections import Counter

from results import count, total

OPERATORS = {
    "operator": "`<` and `<=`, `>` and `>=`, `==` and `!=`, `&&` and `\\|\\|`, `+` and `-`, `*` and `/` for each other",
    "boolean": "`true` and `false` for each other",
    "function": "`any` and `all`, `min` and `max`, `before` and `after` for each other",
    "negation": "`!` deleted",
    "number": "an integer one more, one less",
    "bound": "a parameter one more, one less where it is used",
    "name": "another right, action, callback, status or kind of decision",
    "payer": "another account pays for a row",
    "statement": "a check, a call, an assignment or an early `return` deleted",
}

HEAD = """# Mutants

A mutant is the code with one small mistake in it. Tests that are worth something notice each; a mutant that no
test notices has survived, and there is either a test to write or code that does nothing.

`./scripts/mutants` makes mutants of the three contracts and of `coop-model` (not of tests, tables of refusals and
parameters, interfaces, and the migration between two versions), builds the contracts with one at a time in a copy
of the repository, and runs tests until the first fails. The seed chooses the mutants, from each file in proportion
to its lines.

```
./scripts/mutants                     # 300 mutants, most of them ten to twenty seconds each
./scripts/mutants --all               # every one
./scripts/mutants --again             # survivors once more, after tests were added
./scripts/mutants --only soviet/src/decision.rs
./scripts/mutants --list              # what would be tried, and what became of it
./scripts/mutants --page              # this page, from the results
```

The copy and the results are in `target/mutants`; a run that was interrupted goes on where it stopped. Tests run in
the order in which they kill most in a second: the [lives](chain.md) that the rules' model and the contracts live
beside each other, the tests beside the code, attacks, scenarios, invariants, and more lives.
"""


def table(counts):
    """Counts by file as a table of markdown."""
    heads = ("file", "tried", "killed", "survived, changes nothing", "survived", "same code", "did not compile")
    rows = [f"| {' | '.join(heads)} |", "|---|" + "---:|" * (len(heads) - 1)]
    for path, row in [*counts.items(), ("all", total(counts))]:
        explained = row["explained"]
        survived = row["survived"] - explained
        numbers = (row["tried"], row["killed"], explained, survived, row["same"], row["unbuilt"])
        rows.append(f"| {path} | " + " | ".join(str(number or "") for number in numbers) + " |")
    return "\n".join(rows)


def by_operator(mutants, results):
    """What is changed, and how many of it were killed."""
    tried, killed = Counter(), Counter()
    for mutant in mutants:
        tried[mutant.operator] += results.outcome(mutant) in ("killed", "survived")
        killed[mutant.operator] += results.outcome(mutant) == "killed"
    rows = [f"| {text} | {tried[name]} | {killed[name]} |" for name, text in OPERATORS.items()]
    return "\n".join(["| change | tried | killed |", "|---|---:|---:|", *rows])


def by_group(mutants, results):
    """Which tests killed how many."""
    killers = Counter()
    for mutant in mutants:
        if results.outcome(mutant) == "killed":
            killers[results.by_id[mutant.id]["by"].split(":")[0]] += 1
    return ", ".join(f"{name} {number}" for name, number in killers.most_common())


def survivors(mutants, results, known):
    """What survived, where and why."""
    rows = ["| place | change | why it changes nothing |", "|---|---|---|"]
    for mutant in sorted(mutants, key=lambda mutant: (mutant.path, mutant.start)):
        if results.outcome(mutant) == "survived":
            change = mutant.what().replace("|", "\\|")
            rows.append(f"| {mutant.path}:{mutant.line} | {change} | {known.get(mutant.id, '**not known yet**')} |")
    return "\n".join(rows)


def page(mutants, results, known):
    """The whole page."""
    return f"""{HEAD}
## By file

Tried are mutants that compile to other code than the contracts have, and those of `coop-model` that only other
programs use. "Same code" are mutants of a contract of which the compiler makes the very bytes that it makes of the
original: they change nothing, and do not count.

{table(count(results, mutants, known))}

Killed by: {by_group(mutants, results)}.

## By what was changed

{by_operator(mutants, results)}

## Survivors

{survivors(mutants, results, known)}
"""
