"""What is changed: each operator looks at a token and says what else could stand there."""

import hashlib
import re
from collections import Counter
from dataclasses import dataclass

from rust import CLOSE, OPEN

# Between two operands.
PAIRS = {
    "<": ["<="],
    "<=": ["<"],
    ">": [">="],
    ">=": [">"],
    "==": ["!="],
    "!=": ["=="],
    "&&": ["||"],
    "||": ["&&"],
    "+": ["-"],
    "-": ["+"],
    "*": ["/"],
    "/": ["*"],
    "+=": ["-="],
    "-=": ["+="],
}
BOOLEANS = {"true": "false", "false": "true"}
FUNCTIONS = {"any": "all", "all": "any", "min": "max", "max": "min", "before": "after", "after": "before"}
# A statement that begins with one of these is another kind of thing than a call or an assignment.
NO_STATEMENT = set(
    "let use const static fn pub struct enum impl mod trait type extern where".split()
    + "if else match for while loop unsafe in as".split()
)
# Macros, before whose names' exclamation mark there is nothing to negate.
MACROS = ("check", "name", "vec", "format", "write", "formatcp")
# Modules of names of which one can be taken for another.
FAMILIES = ("status", "kind", "registry")


@dataclass(frozen=True)
class Mutant:
    """One change of one file."""

    path: str
    start: int
    end: int
    line: int
    operator: str
    before: str
    after: str
    id: str

    def apply(self, text):
        """The changed text; as many lines as before, so that places in it stay what they are."""
        lost = self.before.count("\n") - self.after.count("\n")
        return text[: self.start] + self.after + "\n" * lost + text[self.end :]

    def what(self):
        """The change in one line."""
        short = re.sub(r"\s+", " ", self.before)
        return f"`{short}` deleted" if not self.after else f"`{short}` → `{self.after}`"


def mutants(source, names):
    """All mutants of a file. `names` are the literals of `name!` in its crate, sorted."""
    seen = Counter()
    for operator, start, end, after in changes(source, names):
        before = source.text[start:end]
        # Known by what stands there, not by where, so that a result outlives changes elsewhere.
        line_start = source.text.rfind("\n", 0, start) + 1
        line_end = source.text.find("\n", end)
        context = " ".join(source.text[line_start:line_end].split())
        within = " ".join(source.text[line_start:start].split())
        key = (source.path, operator, context, within, after)
        seen[key] += 1
        digest = hashlib.sha256(repr((key, seen[key])).encode()).hexdigest()
        yield Mutant(source.path, start, end, source.line(start), operator, before, after, digest[:10])


def changes(source, names):
    """Operator, start, end and replacement of every change."""
    families = {family: members(source, family) for family in FAMILIES}
    for index, token in enumerate(source.tokens):
        yield from simple(source, index, token)
        yield from exchanged(source, index, names, families)
        yield from payer(source, index)
        yield from deleted(source, index)


def text_at(source, index):
    return source.tokens[index].text if 0 <= index < len(source.tokens) else ""


def is_call(source, index):
    return text_at(source, index + 1) == "(" and text_at(source, index - 1) != "fn"


def simple(source, index, token):
    """Operators, words, numbers, bounds."""
    if token.kind == "mark" and token.text in PAIRS and source.is_apart(index):
        for other in PAIRS[token.text]:
            yield "operator", token.start, token.end, other
    elif token.text in BOOLEANS:
        yield "boolean", token.start, token.end, BOOLEANS[token.text]
    elif token.text in FUNCTIONS and is_call(source, index):
        yield "function", token.start, token.end, FUNCTIONS[token.text]
    elif token.text == "!" and text_at(source, index - 1) not in MACROS:
        yield "negation", token.start, token.end, ""
    elif token.kind == "number" and "." not in token.text and text_at(source, index - 1) != ".":
        yield from numbers(token)
    elif token.text == "parameters" and text_at(source, index + 1) == "::" and text_at(source, index + 2).isupper():
        path = f"parameters::{text_at(source, index + 2)}"
        for change in ("+ 1", "- 1"):
            yield "bound", token.start, source.tokens[index + 2].end, f"({path} {change})"


def numbers(token):
    """One more and one less."""
    if token.text.startswith("0x"):
        return
    digits, suffix = re.fullmatch(r"([\d_]+)(.*)", token.text).groups()
    value = int(digits.replace("_", ""))
    for other in (value + 1, value - 1):
        if other >= 0:
            yield "number", token.start, token.end, f"{other}{suffix}"


def members(source, family):
    """The names of a family that a file uses."""
    found = re.findall(rf"\b{family}::([A-Z_]+)\b", source.text)
    return sorted(set(found))


def exchange(token, names):
    """The name after this one in its place."""
    return "name", token.start, token.end, names[(names.index(token.text) + 1) % len(names)]


def exchanged(source, index, names, families):
    """A name where another should stand: rights, actions, callbacks, statuses, kinds."""
    token = source.tokens[index]
    if token.text == "name" and text_at(source, index + 1) == "!" and text_at(source, index + 2) == "(":
        name = text_at(source, index + 3)
        if name in names and len(names) > 1:
            yield exchange(source.tokens[index + 3], names)
    if token.text in families and text_at(source, index + 1) == "::":
        name = text_at(source, index + 2)
        family = families[token.text]
        if name in family and len(family) > 1:
            yield exchange(source.tokens[index + 2], family)


def payer(source, index):
    """Another account pays for the row."""
    token = source.tokens[index]
    if token.text == "Payer" and text_at(source, index + 1) == "::":
        if text_at(source, index + 2) == "Same":
            yield "payer", token.start, source.tokens[index + 2].end, "Payer::Account(receiver())"
        elif text_at(source, index + 2) == "Account":
            yield "payer", token.start, source.tokens[argument_end(source, index + 4)].end, "Payer::Same"
    if token.text == "insert" and text_at(source, index - 1) == "." and text_at(source, index + 1) == "(":
        first = source.tokens[index + 2]
        last = source.tokens[argument_end(source, index + 2) - 1]
        written = source.text[first.start : last.end]
        yield "payer", first.start, last.end, "coopname" if written == "receiver()" else "receiver()"
    if token.text == "payer_of" and is_call(source, index):
        yield "payer", token.start, source.tokens[argument_end(source, index + 2, ")")].end, "receiver()"


def argument_end(source, index, until=",)"):
    """The index of the comma or bracket after the argument that begins at `index`."""
    depth = 0
    while depth > 0 or source.tokens[index].text not in until:
        text = source.tokens[index].text
        depth += (text in OPEN) - (text in CLOSE)
        index += 1
    return index


def deleted(source, index):
    """A statement that does something is not there: a check, a call, an assignment, an early end."""
    if text_at(source, index - 1) not in ("{", "}", ";") or index == 0:
        return
    token = source.tokens[index]
    if token.text in NO_STATEMENT or not (token.kind == "word" or token.text == "*"):
        return
    depth = 0
    for end in range(index, len(source.tokens)):
        text = source.tokens[end].text
        if depth == 0 and text == ";":
            break
        depth += (text in OPEN) - (text in CLOSE)
        # The end of a block without a semicolon, a list of fields, an arm of a match.
        if depth < 0 or depth == 0 and text in (",", "=>", ":"):
            return
    else:
        return
    words = {token.text for token in source.tokens[index:end]}
    if words & {"(", "=", "+=", "-=", "return", "continue", "break"}:
        yield "statement", token.start, source.tokens[end].end, ""
