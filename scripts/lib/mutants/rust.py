"""Rust source as tokens: as much of its grammar as it takes to find what can be changed."""

import re
from dataclasses import dataclass

TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<comment>//[^\n]*|/\*.*?\*/)
    |(?P<raw>b?r(?P<hash>\#*)".*?"(?P=hash))
    |(?P<string>b?"(?:\\.|[^"\\])*")
    |(?P<char>b?'(?:\\(?:x..|u\{[^}]*\}|.)|[^'\\])')
    |(?P<lifetime>'[A-Za-z_]\w*)
    |(?P<number>0x[0-9a-f_]+|\d[\d_]*(?:\.\d+)?(?:[iu](?:8|16|32|64|128|size))?)
    |(?P<word>[A-Za-z_]\w*)
    |(?P<mark>\.\.=|<<=|>>=|::|->|=>|==|!=|<=|>=|&&|\|\||[-+*/&|^%]=|<<|>>|\.\.|.)""",
    re.VERBOSE | re.DOTALL,
)
OPEN, CLOSE = "([{", ")]}"


@dataclass(frozen=True)
class Token:
    """One token and where it stands in the text."""

    kind: str
    text: str
    start: int

    @property
    def end(self):
        return self.start + len(self.text)


class Source:
    """A file: its text, and its tokens without those of attributes, imports and tests."""

    def __init__(self, path, text):
        self.path = path
        self.text = text
        tokens = [Token(match.lastgroup, match.group(), match.start()) for match in TOKEN.finditer(text)]
        self.tokens = list(code([token for token in tokens if token.kind not in ("space", "comment")]))

    def line(self, offset):
        """The number of the line at an offset, from 1."""
        return self.text.count("\n", 0, offset) + 1

    def is_apart(self, index):
        """Whether space stands on both sides of a token, as rustfmt sets operators of two operands."""
        token = self.tokens[index]
        return self.text[token.start - 1].isspace() and self.text[token.end : token.end + 1].isspace()

    def lines_of_code(self):
        """How many lines have code."""
        return len({self.line(token.start) for token in self.tokens})


def after_group(tokens, index):
    """The index after the group that opens at `index`."""
    depth = 0
    while index < len(tokens):
        depth += (tokens[index].text in OPEN) - (tokens[index].text in CLOSE)
        index += 1
        if depth == 0:
            return index
    return index


def after_item(tokens, index):
    """The index after the item that begins at `index`: its semicolon or its block."""
    while index < len(tokens) and tokens[index].text != ";":
        if tokens[index].text in OPEN:
            is_block = tokens[index].text == "{"
            index = after_group(tokens, index)
            if is_block:
                return index
        else:
            index += 1
    return index + 1


def code(tokens):
    """The tokens that matter: no attributes, no imports, nothing that only tests or migrations have."""
    index = 0
    begins = True
    while index < len(tokens):
        token = tokens[index]
        following = tokens[index + 1].text if index + 1 < len(tokens) else ""
        if token.text == "#" and following in ("[", "!"):
            start = index + (2 if following == "!" else 1)
            end = after_group(tokens, start)
            words = "".join(token.text for token in tokens[start:end])
            index = end
            if words in ("[cfg(test)]", '[cfg(feature="migration")]'):
                while tokens[index].text == "#":
                    index = after_group(tokens, index + 1)
                index = after_item(tokens, index)
            continue
        if begins and token.text in ("use", "extern"):
            while tokens[index].text != ";":
                index += 1
            index += 1
            continue
        begins = token.text in ";{}"
        yield token
        index += 1
