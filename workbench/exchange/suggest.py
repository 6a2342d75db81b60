"""A first mapping for a file that nobody has mapped yet, as TOML with comments to go on from."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence

from workbench.domain.text import safe_text
from workbench.exchange import own
from workbench.exchange.guesses import channel_of, is_closed_word, looks_like_phones
from workbench.exchange.guessing import SINGLE, Guess, guess_columns, sampled
from workbench.exchange.mapping import key_of
from workbench.exchange.mapping_doc import Vocabulary
from workbench.exchange.sniff import Sniffed
from workbench.exchange.time_formats import EPOCH, EPOCH_MS
from workbench.words import N_, _

MOST_VALUES = 40  # different values of a column that are listed for the person to fill in
LONGEST_NAME = 200
PHONES_AS_IDS = N_(
    "This column holds phones, and ids are never masked: everybody would read them. Name another column."
)
DEFAULTS = {"channel": "phone", "category": "other", "kind": "complaint"}


def suggest(file: Sniffed, source: str, zone: str, vocabulary: Vocabulary) -> str:
    """Return a first mapping for ``file``, of which the first 20,000 rows are looked at.

    Args:
        file: As it was sniffed.
        source: The name that the mapping gives to where the file comes from.
        zone: Of the policy; stands in for one that nobody can guess.
        vocabulary: The ids that the policy knows.
    """
    if file.own:
        return own.mapping(file.own, zone)
    return "\n".join(Draft(file, vocabulary).lines(source, zone)) + "\n"


class Draft:
    """Writes the mapping of one file."""

    def __init__(self, file: Sniffed, vocabulary: Vocabulary) -> None:
        self.file = file
        self.vocabulary = vocabulary
        self.guess: Guess = guess_columns(sampled(file))

    def lines(self, source: str, zone: str) -> list[str]:
        """Return the whole mapping."""
        parts = (self.top(source), self.times(zone), self.fields(), self.values(), self.target(),
                 self.closing(), self.entries(), self.history())  # fmt: skip
        return [line for part in parts if part for line in ("", *part)][1:]

    def named(self, *names: str) -> str:
        """Return columns as a mapping names them: by place where a headline cannot be shown."""
        return _list([
            name if safe_text(name) == name and len(name) <= LONGEST_NAME
            else f"#{self.file.headers.index(name) + 1}"
            for name in names
        ])  # fmt: skip

    def top(self, source: str) -> list[str]:
        """Return the head."""
        name = safe_text(source).strip()[:60]
        return [
            _remark(_("A first mapping, guessed from headlines and cells: check it before you import.")),
            _remark(_("Try it without writing: workbench import FILE --mapping THIS.toml --dry-run")),
            "",
            _remark(_("Name of the source: keep it for every later file from there.")),
            f"source = {_quote(name or 'file')}",
            _remark(_("mapped: cases get only the clock named here. policy: those of the policy as well.")),
            'clocks = "mapped"',
            *(['rows = "history"'] if self.guess.history else []),
            *self.whereabouts(),
        ]

    def whereabouts(self) -> list[str]:
        """Return where the table begins, where that is not the first row of a file or of its first sheet.

        As a remark: it was found, and a later file of the source may have a title more.
        """
        sheet, row = self.file.sheet, self.file.header_row
        lines = [] if self.file.first or not _showable(sheet) else [f"# sheet = {_quote(sheet)}"]
        lines += [f"# header_row = {row}"] if row > 1 else []
        return [_remark(_("Found; name it where it is not found in a later file.")), *lines] if lines else []

    def times(self, zone: str) -> list[str]:
        """Return how times are read."""
        forms = self.guess.formats
        since = _("seconds since 1970") if EPOCH in forms else _("thousandths of a second since 1970")
        told = f"  # {since}" if {EPOCH, EPOCH_MS}.intersection(forms) else ""
        lines = ["[times]", f"formats = {_list(forms or ['iso'])}{told}"]
        if any(form.startswith("%m/%d") for form in forms):
            lines.append(
                _remark(_("Month first, as far as the cells tell; turn it round if the day is first."))
            )
        lines.append(_remark(_("Zone of times that name none; compare one case with its source.")))
        return [*lines, f"zone = {_quote(zone)}"]

    def fields(self) -> list[str]:
        """Return which column is which fact."""
        roles = self.guess.roles
        lines = ["[fields]"]
        for role in () if self.guess.history else ("external_id", "received_at"):
            if role in roles:
                lines.append(f"{role} = {self.named(roles[role])}")
                lines += [_remark(_(PHONES_AS_IDS))] if role == "external_id" and self.shows_phones() else []
            else:
                lines.append(_remark(_("No column found; name it here:") + f" {role} = "))
        if self.guess.texts:
            lines.append(f"text = {self.named(*self.guess.texts)}")
        return [*lines, *(f"{role} = {self.named(roles[role])}" for role in SINGLE if role in roles)]

    def history(self) -> list[str]:
        """Return what a row tells where a file has several of a case."""
        if not (found := self.guess.history):
            return []
        lines = [
            _remark(_("Each row is an entry of its case; a state that closes is listed, others are notes.")),
            "[history]", f"id = {self.named(found.id)}",
            *([_remark(_(PHONES_AS_IDS))] if self.shows_phones() else []),
            f"time = {self.named(found.time)}",
        ]  # fmt: skip
        parts = {"state": found.state, "who": found.who, "words": found.words}
        lines += [f"{name} = {self.named(column)}" for name, column in parts.items() if column]
        closed = self.closed_words(found.state) if found.state else []
        return [*lines, f"closed = [{', '.join(map(_quote, closed))}]"] if closed else lines

    def closed_words(self, column: str) -> list[str]:
        """Return the values of a column that close a case."""
        return sorted(filter(is_closed_word, {cell.strip() for cell in self.guess.columns.get(column, [])}))

    def shows_phones(self) -> bool:
        """Tell whether the column of ids holds phones, which would then be shown as ids are: whole."""
        return looks_like_phones(self.guess.columns[self.guess.roles["external_id"]])

    def values(self) -> list[str]:
        """Return what the source's words mean, as far as they tell."""
        lines: list[str] = []
        mapped = [role for role in DEFAULTS if role in self.guess.roles]
        defaults = {role: DEFAULTS[role] for role in mapped}
        if self.may_be_silent():
            defaults["text"] = _("(no words given)")
        for role in mapped:
            listing = list(self.value_lines(role))
            lines += [f"[values.{role}]", *listing, ""] if listing else []
        if defaults:
            lines.append("[defaults]")
            lines.append(_remark(_("For rows without a value, and for values that are not listed.")))
            lines += [f"{role} = {_quote(value)}" for role, value in defaults.items()]
        return lines

    def may_be_silent(self) -> bool:
        """Tell whether rows may hold none of the texts."""
        filled = [len(self.guess.columns[name]) for name in self.guess.texts]
        return bool(filled) and max(filled) < max(map(len, self.guess.columns.values()))

    def value_lines(self, role: str) -> Iterable[str]:
        """Yield the common values of a column that are no words of the policy."""
        ids = self.vocabulary.get(role, {})
        counted = Counter(cell.strip() for cell in self.guess.columns[self.guess.roles[role]])
        for value, _many in counted.most_common(MOST_VALUES):
            if key_of(value) in ids or len(value) > LONGEST_NAME:
                continue
            meant = channel_of(value) if role == "channel" else ""
            line = f"{_quote(value)} = {_quote(meant or DEFAULTS[role])}"
            yield line if meant in ids else f"# {safe_text(line)}"

    def target(self) -> list[str]:
        """Return the column that becomes a clock."""
        roles = self.guess.roles
        if "target" not in roles:
            return []
        lines = ["[target]", f"column = {self.named(roles['target'])}", 'clock = "target"']
        judged = sorted({cell.strip() for cell in self.guess.columns.get(roles.get("on_time", ""), [])})
        if 1 <= len(judged) <= MOST_VALUES and all(map(_showable, judged)):
            lines.append(_remark(_("Rows that the source itself did not judge get no clock.")))
            lines += [
                f"status = {self.named(roles['on_time'])}",
                f"counts = [{', '.join(map(_quote, judged))}]",
            ]
        return lines

    def closing(self) -> list[str]:
        """Return how a row says that it was closed."""
        roles = self.guess.roles
        if "closed_at" not in roles:
            return []
        lines = ["[closing]", f"at = {self.named(roles['closed_at'])}"]
        if self.guess.outcomes:
            lines.append(f"outcome = {self.named(*self.guess.outcomes)}")
        if closed := self.closed_words(roles.get("status", "")):
            lines += [
                f"status = {self.named(roles['status'])}",
                f"closed = [{', '.join(map(_quote, closed))}]",
            ]
        return lines

    def entries(self) -> list[str]:
        """Return the columns that become entries of the timeline."""
        roles = self.guess.roles
        if not {"reply", "replied_at"} <= roles.keys():
            return []
        at, text = self.named(roles["replied_at"]), self.named(roles["reply"])
        return ["[[entries]]", 'act = "reply"', f"at = {at}", f"text = {text}"]


def _quote(text: str) -> str:
    """Return ``text`` as TOML writes it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _list(texts: Sequence[str]) -> str:
    """Return one text, or a list of several."""
    if len(texts) == 1:
        return _quote(texts[0])
    return "[" + ", ".join(map(_quote, texts)) + "]"


def _showable(text: str) -> bool:
    """Tell whether a mapping may hold ``text``."""
    return safe_text(text) == text and 0 < len(text) <= LONGEST_NAME


def _remark(text: str) -> str:
    """Return a comment on a line of its own."""
    return f"# {' '.join(safe_text(text).split())}"
