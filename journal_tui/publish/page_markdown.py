"""Write as Markdown the tokens that may leave the journal, for site generators and for people."""

import re
from collections.abc import Callable, Sequence

from markdown_it.token import Token

from journal_tui.publish.redaction import closing_index, plain_text

Resolve = Callable[[str], str]
"""Turns an internal address into a link from the page that is written; "" if it leads nowhere."""
_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<>~|"})
_BEGINS = re.compile(r"(?:[#>+=-]|\d{1,9}[.)])")
_ENTITY = re.compile(r"&(?=#?\w{1,32};)")
# Hugo and Jekyll would run these as tags of their templates.
_BRACES = str.maketrans({"{": "&#123;", "}": "&#125;"})


def markdown(tokens: Sequence[Token], resolve: Resolve) -> str:
    """Return blocks as Markdown, which ends with a line feed unless there are none."""
    lines = _Writer(resolve).blocks(list(tokens))
    return "\n".join(lines).rstrip("\n") + "\n" if lines else ""


def markdown_line(tokens: Sequence[Token], resolve: Resolve) -> str:
    """Return inline tokens as one line of Markdown."""
    return _Writer(resolve).single_line(tokens)


class _Writer:
    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve

    def blocks(self, tokens: list[Token], is_tight: bool = False) -> list[str]:
        """Return the lines of blocks, with an empty one after each."""
        lines: list[str] = []
        number = 0
        last = ""
        while number < len(tokens):
            token = tokens[number]
            end = closing_index(tokens, number)
            inside = tokens[number + 1 : end]
            kind = token.type.removesuffix("_open")
            made = self._block(kind, token, inside, last)
            gap = [] if is_tight and kind in ("paragraph", "bullet_list", "ordered_list") else [""]
            lines += [*made, *gap] if made else []
            last = kind
            number = end + 1
        while lines and not lines[-1]:
            lines.pop()
        return lines

    def _block(self, kind: str, token: Token, inside: list[Token], last: str) -> list[str]:
        if kind in ("paragraph", "inline"):
            inline = token if kind == "inline" else inside[0]
            return [_guarded(line) for line in self.line(inline.children or ()).split("\n")]
        if kind == "heading":
            return [f"{'#' * int(token.tag[1])} {self.single_line(inside[0].children or ())}"]
        if kind == "blockquote":
            return [f"> {line}".rstrip() for line in self.blocks(inside)]
        if kind in ("bullet_list", "ordered_list"):
            return self._list(kind, token, inside, last)
        if kind == "fence":
            longest = max((len(it) for it in re.findall("`+", token.content)), default=0)
            fence = "`" * max(3, longest + 1)
            return [fence + token.info, *_safe_code(token.content).rstrip("\n").split("\n"), fence]
        if kind == "hr":
            return ["* * *"]
        if kind == "table":
            return self._table(inside)
        return []

    def _list(self, kind: str, token: Token, inside: list[Token], last: str) -> list[str]:
        lines: list[str] = []
        # Markdown would read two lists in a row as one.
        if kind == last:
            lines += ["<!-- -->", ""]
        number, count = 0, int(token.attrs.get("start", 1))
        while number < len(inside):
            end = closing_index(inside, number)
            item = inside[number + 1 : end]
            is_tight = bool(item) and item[0].type == "paragraph_open" and item[0].hidden
            sign = "- " if kind == "bullet_list" else f"{count}. "
            made = self.blocks(item, is_tight) or [""]
            lines.append((sign + made[0]).rstrip())
            lines += [(" " * len(sign) + line).rstrip() for line in made[1:]]
            if not is_tight:
                lines.append("")
            number, count = end + 1, count + 1
        while lines and not lines[-1]:
            lines.pop()
        return lines

    def _table(self, tokens: list[Token]) -> list[str]:
        rows: list[list[str]] = []
        signs: list[str] = []
        for number, token in enumerate(tokens):
            if token.type == "tr_open":
                rows.append([])
            elif token.type in ("th_open", "td_open"):
                rows[-1].append(self.single_line(tokens[number + 1].children or ()))
                if len(rows) == 1:
                    signs.append("---:" if token.attrs.get("class") == "n" else "---")
        lines = [f"| {' | '.join(row)} |" for row in rows]
        return [*lines[:1], f"| {' | '.join(signs)} |", *lines[1:]] if lines else []

    def single_line(self, tokens: Sequence[Token]) -> str:
        """Return inline tokens as Markdown with a space for each line break."""
        blank = Token("text", "", 0, content=" ")
        return self.line([blank if it.type in ("softbreak", "hardbreak") else it for it in tokens])

    def line(self, tokens: Sequence[Token]) -> str:
        """Return inline tokens as Markdown."""
        pieces: list[str] = []
        links: list[str] = []
        for token in tokens:
            match token.type:
                case "text":
                    pieces.append(_escaped(token.content))
                case "code_inline":
                    pieces.append(_code(token.content))
                case "softbreak":
                    pieces.append("\n")
                case "hardbreak":
                    pieces.append("\\\n")
                case "em_open" | "em_close":
                    pieces.append("*")
                case "strong_open" | "strong_close":
                    pieces.append("**")
                case "s_open" | "s_close":
                    pieces.append("~~")
                case "link_open":
                    address = self._resolve(str(token.attrs.get("href", "")))
                    links.append(address)
                    pieces.append("[" if address else "")
                case "link_close":
                    address = links.pop()
                    pieces.append(f"]({_destination(address)})" if address else "")
                case "image":
                    source = self._resolve(str(token.attrs.get("src", "")))
                    alt = _escaped(plain_text(token.children or ()))
                    pieces.append(f"![{alt}]({_destination(source)})")
        return "".join(pieces)


def _escaped(text: str) -> str:
    return _ENTITY.sub(r"\\&", text.translate(_SIGNS)).translate(_BRACES)


def _guarded(line: str) -> str:
    """Return a line of a paragraph, escaped if it would begin another block."""
    bare = line.lstrip()
    if not _BEGINS.match(bare):
        return bare
    if bare[0].isdigit():
        return re.sub(r"^(\d+)([.)])", r"\1\\\2", bare)
    return f"\\{bare}"


def _code(text: str) -> str:
    longest = max((len(it) for it in re.findall("`+", text)), default=0)
    ticks = "`" * (longest + 1)
    blank = " " if text[:1] in ("`", " ") or text[-1:] in ("`", " ") else ""
    return f"{ticks}{blank}{_safe_code(text)}{blank}{ticks}"


def _safe_code(text: str) -> str:
    """Return code with a zero-width space in each sign that begins or ends a generator's tag."""
    return re.sub(r"([{}])(?=[{}%])", "\\1\u200b", text)


def _destination(address: str) -> str:
    # Generators would take double braces for their own tags here, too.
    address = address.replace("{{", "%7B%7B").replace("}}", "%7D%7D")
    is_plain = re.fullmatch(r"[^\s<>()\\]+", address) is not None
    if is_plain:
        return address
    return "<" + re.sub(r"[<>\n]", "", address) + ">"
