"""Pages of a list: how many there are, and which of them to go to from one."""

from collections.abc import Callable


def count_pages(total: int, size: int) -> int:
    """How many pages a list has; an empty one has a page too."""
    return max(1, -(-total // size))


def page_links(page: int, last: int, address: Callable[[int], str]) -> dict[str, str]:
    """The pages to go to from here, by name: the first, the one before, the next, the last."""
    wanted = {"first": 1, "previous": page - 1, "next": page + 1, "last": last}
    return {name: address(number) for name, number in wanted.items() if 1 <= number <= last and number != page}
