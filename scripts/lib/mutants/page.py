"""The page docs/mutants.md."""

from results import count, total


def table(counts):
    """Counts by file as a table of markdown."""
    rows = ["| file | tried | killed | survived, changes nothing | survived | same code | did not compile |", "|---|---|---|---|---|---|---|"]
    for path, row in [*counts.items(), ("**all**", total(counts))]:
        numbers = (row["tried"], row["killed"], row["explained"], row["survived"] - row["explained"], row["same"], row["unbuilt"])
        rows.append(f"| {path} | " + " | ".join(str(number) if number else "" for number in numbers) + " |")
    return "\n".join(rows)


def page(mutants, results, known):
    """The whole page."""
    return table(count(results, mutants, known))
