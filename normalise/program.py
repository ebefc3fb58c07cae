"""Which version of this program it is."""

from importlib.metadata import PackageNotFoundError, version


def program_version() -> str:
    """The version that is installed; `0` where none is."""
    try:
        return version("actionplan")
    except PackageNotFoundError:
        return "0"
