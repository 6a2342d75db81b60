"""Where things lie on this machine, by the habits of its system. Nothing is made here."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

APP = "workbench"
STORE_FILE = "workbench.db"
MAIL_FILE = "mail.toml"
CONFIG_FILE = "config.toml"
VIEWS_FILE = "views.toml"


def store_path(environment: Mapping[str, str]) -> Path:
    """Return the store when nobody names one: ``WORKBENCH_DB``, else a file in the user's data folder."""
    named = environment.get("WORKBENCH_DB")
    return Path(named) if named else data_folder() / STORE_FILE


def data_folder() -> Path:
    """Return the folder of the user's own store."""
    from platformdirs import user_data_path

    return user_data_path(APP)


def config_file(environment: Mapping[str, str]) -> Path:
    """Return the file of settings: ``WORKBENCH_CONFIG``, else one in the user's settings.

    Every verb asks: on Linux it is worked out here, as loading platformdirs takes 10 ms.
    Source: XDG Base Directory Specification; a path in it that is not absolute counts for nothing.
    """
    if named := environment.get("WORKBENCH_CONFIG"):
        return Path(named)
    if sys.platform != "linux" or "ANDROID_DATA" in environment:
        from platformdirs import user_config_path

        return user_config_path(APP) / CONFIG_FILE
    folder = environment.get("XDG_CONFIG_HOME", "").strip()
    return Path(folder if os.path.isabs(folder) else os.path.expanduser("~/.config"), APP, CONFIG_FILE)


def mail_file(environment: Mapping[str, str]) -> Path:
    """Return the file that says how mail goes out: ``WORKBENCH_MAIL``, else one in the user's settings."""
    if named := environment.get("WORKBENCH_MAIL"):
        return Path(named)
    from platformdirs import user_config_path

    return user_config_path(APP) / MAIL_FILE


def views_file(environment: Mapping[str, str]) -> Path:
    """Return the file of saved views, which people may share: ``WORKBENCH_VIEWS``, else the user's own."""
    if named := environment.get("WORKBENCH_VIEWS"):
        return Path(named)
    from platformdirs import user_config_path

    return user_config_path(APP) / VIEWS_FILE


def kept_views(path: Path) -> Path:
    """Return where a window keeps what the file of views at ``path`` said when it was last good."""
    from zlib import crc32

    return state_folder() / "views" / f"{crc32(os.fsencode(path.absolute())):08x}.toml"


def state_folder() -> Path:
    """Return the folder of crash reports and drafts."""
    from platformdirs import user_state_path

    return user_state_path(APP)


def crash_folder() -> Path:
    """Return the folder in which a bug leaves its report."""
    return state_folder() / "crashes"


def person(environment: Mapping[str, str]) -> str:
    """Return who acts when nobody says so: ``WORKBENCH_STAFF``, else the system user."""
    named = environment.get("WORKBENCH_STAFF")
    if named and named.strip():
        return named
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container without a password entry
        return "unknown"


def program_folder() -> Path:
    """Return the folder in which the program itself lies, with its policies and help."""
    return Path(__file__).parent
