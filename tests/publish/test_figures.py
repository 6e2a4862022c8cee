"""The codes of parts: any text of a source, alone and in a cross."""

import pytest

from yearbook.publish.figures import join_codes, split_code

PAIRS: list[tuple[tuple[str, str], str]] = [
    (("VNM", "energy"), "VNM*energy"),
    (("50%", "%25 of all"), "50%*%25 of all"),
    (("a*", "b"), "a%2A*b"),
    (("a", "*b"), "a*%2Ab"),
    (("%2A", "%252A"), "%252A*%25252A"),
    (("%*", "%25*2A"), "%%2A*%25%2A2A"),
    (("", "*"), "*%2A"),
]


@pytest.mark.parametrize(("codes", "written"), PAIRS, ids=[written for _, written in PAIRS])
def test_the_code_of_a_cross_is_read_back(codes: tuple[str, str], written: str) -> None:
    assert join_codes(codes) == written
    assert split_code("partner*sector", written) == dict(zip(("partner", "sector"), codes, strict=True))


@pytest.mark.parametrize("code", ["KEN", "GB/T 18451*", "*", "%2A"])
def test_a_code_of_one_dimension_is_never_taken_apart(code: str) -> None:
    assert split_code("pair", code) == {"pair": code}


def test_a_total_has_no_code() -> None:
    assert split_code("", "_T") == {}
