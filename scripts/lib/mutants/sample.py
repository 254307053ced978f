"""Which files are mutated, and which of their mutants are tried."""

import hashlib
import re
from pathlib import Path

from operators import mutants
from rust import Source

CONTRACTS = ("registrator", "soviet", "gateway")
MODEL = "coop-model"
FOLDERS = [f"contracts/{name}/src" for name in CONTRACTS] + [f"crates/{MODEL}/src"]
# Tests, tables of texts and numbers, what the compiler checks, and code for one time between two versions.
LEFT_OUT = re.compile(r"(^|/)(tests|refusal|clients)(/|\.rs$)|/(parameters|migration)\.rs$")
BLOCK = 10


def package(path):
    """The package that a file belongs to."""
    return Path(path).parts[1]


def sources(root):
    """The files, in order."""
    paths = sorted(path for folder in FOLDERS for path in (root / folder).rglob("*.rs"))
    names = [str(path.relative_to(root)) for path in paths]
    return [Source(name, (root / name).read_text()) for name in names if not LEFT_OUT.search(name)]


def everything(root):
    """All mutants by file, and the lines of code of each file."""
    files = sources(root)
    names = {}
    for source in files:
        found = re.findall(r'\bname!\(("[a-z1-5.]+")\)', source.text)
        names.setdefault(package(source.path), set()).update(found)
    lines = {source.path: source.lines_of_code() for source in files}
    found = {source.path: list(mutants(source, sorted(names[package(source.path)]))) for source in files}
    return found, lines


def shuffled(seed, mutants):
    """The mutants in the order of this seed; one that is added or gone leaves the others where they are."""
    return sorted(mutants, key=lambda mutant: hashlib.sha256(f"{seed} {mutant.id}".encode()).digest())


def choose(found, lines, seed, count):
    """About `count` mutants, from each file in proportion to its lines; all of them where it is None."""
    total = sum(lines[path] for path in found if found[path])
    chosen = {}
    for path, of_file in found.items():
        share = len(of_file) if count is None else max(1, round(count * lines[path] / total))
        chosen.setdefault(package(path), []).extend(shuffled(seed, of_file)[:share])
    return interleaved({name: shuffled(seed, of_package) for name, of_package in chosen.items()})


def interleaved(by_package):
    """Blocks of each package in turn: within one, no other contract has to be built again."""
    order = []
    longest = max(map(len, by_package.values()))
    for start in range(0, longest, BLOCK):
        for of_package in by_package.values():
            order.extend(of_package[start : start + BLOCK])
    return order
