"""The policies of a store as they were read, kept beside their texts: reading one takes as long as a verb.

A kept form counts only for the very text, name and grammar that it was read from, and for this version of
the reader; any other is passed over, and written anew by whoever writes next. ``check`` reads every text, and
compares.
"""

from collections.abc import Mapping
from zlib import crc32

from storage import setting, settings
from storage.engine import Db
from workbench.domain.errors import WorkbenchError
from workbench.domain.policies import Policy
from workbench.policy import form

_KEY = setting.LONG + "{reader} {version}"


def policy(db: Db, site_id: int, version: int) -> tuple[Policy, bool]:
    """Return policy ``version`` of the store, and whether its form was kept.

    Raises:
        PolicyFaults: its text is none that this program understands.
    """
    name, text, grammar = settings.policy(db, site_id, version)
    digest, _, written = setting.get(db, site_id, _key(version)).partition("\n")
    if digest == _digest(name, text, grammar):
        try:
            return form.read(written), True
        except (ValueError, LookupError, TypeError, ArithmeticError, AttributeError, RecursionError):
            pass  # damaged: the text is the truth
    return read(name, text, grammar), False


def keep(db: Db, site_id: int, found: Mapping[int, Policy]) -> None:
    """Keep the forms of policies by version; runs inside a write transaction."""
    for version, each in found.items():
        digest = _digest(*settings.policy(db, site_id, version))
        setting.put(db, site_id, _key(version), f"{digest}\n{form.written(each)}")


def false_forms(db: Db, site_id: int) -> list[int]:
    """Return the versions whose kept form says something else than their text, or whose text says nothing."""
    return [version for version, *_ in settings.policies(db, site_id) if _is_false(db, site_id, version)]


def _is_false(db: Db, site_id: int, version: int) -> bool:
    name, text, grammar = settings.policy(db, site_id, version)
    digest, _, written = setting.get(db, site_id, _key(version)).partition("\n")
    if digest != _digest(name, text, grammar):
        return False  # it counts for nothing
    try:
        return written != form.written(read(name, text, grammar))
    except WorkbenchError:
        return True


def read(name: str, text: str, grammar: int) -> Policy:
    """Return the policy that a text of the store says."""
    from workbench.policy import loading  # the reader of TOML: most verbs need none

    return loading.parse(text, name, grammar)


def _key(version: int) -> str:
    return _KEY.format(reader=form.READER, version=version)


def _digest(name: str, text: str, grammar: int) -> str:
    """Return a checksum: whoever forges a text can forge any digest that lies beside it.

    SHA-256 would take a verb longer to load than all that it reads.
    """
    return f"{crc32(text.encode()):08x} {len(text)} {grammar} {name}"
