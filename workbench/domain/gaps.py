"""Gaps of our templates that were left open: a customer is told words, not the place where words belong."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from workbench.domain.cases import Case
from workbench.domain.regime import Template
from workbench.domain.templates import GAP

KNOWN = 3  # characters in a row by which the words of a template are known again

_FIELD = re.compile(r"\{([a-z]{1,20})\}")


class Gap(NamedTuple):
    """A gap: as it stands in the text, of which template and which of its fields; empty where edited past."""

    shown: str
    template: str = ""
    field: str = ""


def of(text: str, templates: Mapping[str, Template], case: Case) -> Gap | None:
    """Return the gap of a template that ``text`` has: ``[…]``, or a field as the policy has it.

    A name or a flat with brackets in it is no gap: that is what the customer is called.
    """
    for own in (case.customer, case.unit, case.site, case.outcome or ""):
        if "{" in own or GAP in own:
            text = text.replace(own, "")
    if GAP in text:
        return _known_again(GAP, text, templates)
    if not (open_ := list(_FIELD.finditer(text))):  # as good as always
        return None
    fields = {field for _key, pieces in _written(templates) for field in pieces[1::2]}
    found = next((found for found in open_ if found[1] in fields), None)
    return _known_again(found[0], text, templates) if found else None


def _known_again(shown: str, text: str, templates: Mapping[str, Template]) -> Gap:
    """Return the first ``shown`` of ``text`` as that of the template whose words make up the most of it."""
    shares = [
        (sum(len(words) for words in pieces[::2] if len(words) >= KNOWN and words in text), key, pieces)
        for key, pieces in _written(templates)
    ]
    share, key, pieces = max(shares, key=lambda each: each[0], default=(0, "", []))
    return Gap(shown, key, _field_at(shown, text, pieces)) if share else Gap(shown)


def _written(templates: Mapping[str, Template]) -> list[tuple[str, list[str]]]:
    """Return the key of each template with its pieces: words, field, words, field, … words; zh and en."""
    return [
        (key, _FIELD.split(text))
        for key, template in templates.items()
        for text in (template.name.zh, template.name.en)
        if _FIELD.search(text)
    ]


def _field_at(shown: str, text: str, pieces: Sequence[str]) -> str:
    """Return the field of ``pieces`` that has the most of the words around the first ``shown``."""
    before, _, after = text.partition(shown)
    places = range(1, len(pieces), 2)
    best = max(
        places, key=lambda at: _alike(pieces[at - 1][::-1], before[::-1]) + _alike(pieces[at + 1], after)
    )
    return pieces[best]


def _alike(one: str, other: str) -> int:
    """Return how many characters two texts have in common from their beginning."""
    return next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
