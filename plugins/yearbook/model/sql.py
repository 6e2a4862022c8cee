"""Names in SQL, for every room that writes some."""


def quote(name: str) -> str:
    """Quote an identifier."""
    return '"' + name.replace('"', '""') + '"'
