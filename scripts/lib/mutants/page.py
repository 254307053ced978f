"""The page docs/mutants.md."""

from collections import Counter

from results import count, total

OPERATORS = {
    "operator": "`<` and `<=`, `>` and `>=`, `==` and `!=`, `&&` and `\\|\\|`, `+` and `-`, `*` and `/` exchanged",
    "boolean": "`true` and `false` exchanged",
    "function": "`any` and `all`, `min` and `max`, `before` and `after` exchanged",
    "negation": "`!` deleted",
    "number": "an integer increased or decreased by one",
    "bound": "a parameter increased or decreased by one where it is used",
    "name": "right, action, callback, status or kind of decision replaced by another",
    "payer": "RAM payer of a row replaced by another account",
    "statement": "a check, a call, an assignment or an early `return` deleted",
}

HEAD = """# Mutants

A mutant is a copy of the code with one small deliberate mistake. Good tests kill every mutant, that is, at least
one of them fails. A mutant that no test kills has survived: either a test is missing, or the code has no effect.

`./scripts/mutants` makes mutants of the three contracts and of `coop-model`. It leaves out tests, the tables of
refusals and parameters, interfaces, and the migration between two versions. It builds the contracts with one mutant
at a time in a copy of the repository, and runs tests until one fails. The seed selects the mutants, from each file
in proportion to its number of lines.

```
./scripts/mutants                     # 300 mutants, most of them ten to twenty seconds each
./scripts/mutants --all               # all mutants
./scripts/mutants --again             # try survivors again, after tests were added
./scripts/mutants --only soviet/src/decision.rs
./scripts/mutants --list              # show the mutants and their outcomes
./scripts/mutants --page              # write this page from the results
```

The copy and the results are in `target/mutants`; an interrupted run continues where it stopped. The tests that kill
most mutants per second run first: random walks of the rules' model beside the contracts (`model`), the unit tests,
attacks, scenarios, invariants, and then more random walks (`lives`).
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

"Tried" counts the mutants whose compiled code differs from that of the contracts, and the mutants of code in
`coop-model` that only other programs use. "Same code" counts mutants of a contract for which the compiler produces
the same bytes as for the original; they change nothing and are not counted as tried.

{table(count(results, mutants, known))}

Killed by: {by_group(mutants, results)}.

## By kind of change

{by_operator(mutants, results)}

## Survivors

{survivors(mutants, results, known)}
"""
