"""What the files of a fuzz have in common is worked out once."""

import pickle
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import cache, lru_cache
from typing import Any
from unittest.mock import patch

from keymaps import loading as keymaps
from workbench.domain.phrases import Phrase
from workbench.policy import loading, speech
from workbench.toml import lines


@contextmanager
def shared(tried: Collection[str]) -> Iterator[None]:
    """Let files have in common what does not depend on the one that is tried, and always comes out the same.

    That is how the files that ship are read, on which line what stands, and what phrases are in which text.

    Args:
        tried: Names of the files that are tried.
    """
    read, line, ids = loading.tables_of, lines.lines_of, speech.ids

    @cache
    def shipped(*given: Any) -> bytes:
        return pickle.dumps(read(*given))

    def tables(text: str, where: str, longest: int) -> dict[str, Any]:
        own = where in tried
        return read(text, where, longest) if own else pickle.loads(shipped(text, where, longest))

    @lru_cache(64)
    def found(text: str, phrases: tuple[Phrase, ...]) -> list[str]:
        return ids(text, {each.id: each for each in phrases})

    def phrases_in(text: str, phrases: Mapping[str, Phrase]) -> list[str]:
        return found(text, tuple(phrases.values()))

    with ExitStack() as changed:
        for module, name, instead in (
            (loading, "tables_of", tables), (keymaps, "tables_of", tables), (speech, "ids", phrases_in),
            (lines, "lines_of", lru_cache(16)(line)), (keymaps, "lines_of", lru_cache(16)(line)),
        ):  # fmt: skip
            changed.enter_context(patch.object(module, name, instead))
        yield
