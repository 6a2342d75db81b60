"""Which values go out whole, by what they are: names of cases, of entries and of files, and digests.

A mask knows numbers of persons by their look, and one SHA-256 value in thirty holds such a row of digits.
So what a value is decides: the name of its field in a document, or of its place in a sentence.
"""

from collections.abc import Mapping
from numbers import Number
from typing import Any

from workbench.domain.text import mask_numbers, mask_phone

# ids that scripts join by, and what the program itself has written: never personal
WHOLE = frozenset({
    "number", "external_id", "source", "newest", "merged_into", "op_id", "seal", "sha256", "hash", "prev",
    "clocks", "act", "kind", "channel", "category", "status",
})  # fmt: skip
IN_SENTENCES = WHOLE | {"id", "ids", "numbers", "examples", "into"}


def masked(name: str, value: Any) -> Any:
    """Return ``value`` of the field ``name`` of a JSON document without personal numbers."""
    if isinstance(value, str):
        if name == "phone":
            return mask_phone(value)
        return value if name in WHOLE or name.endswith("_at") else mask_numbers(value)
    if isinstance(value, Mapping):
        return {key: masked(key, inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [masked(name, inner) for inner in value] if name not in WHOLE else value
    return value


def in_sentence(name: str, value: object) -> object:
    """Return ``value``, at the place ``name`` of a sentence, without personal numbers."""
    if isinstance(value, Number) or name in IN_SENTENCES:
        return value
    return mask_numbers(str(value))
