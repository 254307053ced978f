"""Results: kept as lines of JSON, counted by file, told as a table or a page."""

import json
from collections import Counter
from dataclasses import asdict

COLUMNS = ("tried", "killed", "survived", "same", "unbuilt")


class Results:
    """What became of mutants, by their ids; survives an interrupted run."""

    def __init__(self, path):
        self.path = path
        self.by_id = {}
        if path.exists():
            for line in path.read_text().splitlines():
                record = json.loads(line)
                self.by_id[record["id"]] = record

    def add(self, mutant, outcome, by, seconds):
        record = {**asdict(mutant), "outcome": outcome, "by": by, "seconds": round(seconds, 1)}
        self.by_id[mutant.id] = record
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a") as file:
            file.write(json.dumps(record) + "\n")

    def outcome(self, mutant):
        return self.by_id.get(mutant.id, {}).get("outcome")


def reasons(path):
    """Why a survivor changes nothing, by its id: lines of an id, a space and the reason."""
    lines = path.read_text().splitlines() if path.exists() else []
    return dict(line.split(" ", 1) for line in lines if line and not line.startswith("#"))


def count(results, mutants, known):
    """How many of each outcome, by file. Tried are those that compile to other code."""
    table = {}
    for mutant in mutants:
        outcome = results.outcome(mutant)
        if outcome is None:
            continue
        row = table.setdefault(mutant.path, Counter())
        row[outcome] += 1
        row["tried"] += outcome in ("killed", "survived")
        row["explained"] += outcome == "survived" and mutant.id in known
    return dict(sorted(table.items()))


def total(table):
    return sum(table.values(), Counter())
