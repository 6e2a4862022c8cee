"""`yearbook try`: the worked examples of a programme's own indicator, right and wrong."""

from pathlib import Path

import pytest

from tiny import Tiny, make_tiny

EXAMPLE = """\
- test: two contracts
  year: 2024
  given:
    contracts: |
      contract_id  sign_date   seller_id  seller_country  buyer_country  value
      C1           2024-03-01  U1         CHN             KEN            100
      C2           2024-04-01  U1         CHN             VNM            50
  over: [partner]
  expect: |
    partner  value  records
    _T       {total}    2
    KEN      100    1
"""


@pytest.fixture
def tiny(tmp_path: Path) -> Tiny:
    """A programme with an indicator of its own, `contract_value` for its partners alone."""
    made = make_tiny(tmp_path)
    made.edit(
        made.source.parents[1] / "programme.yml", lambda text: text.replace("indicators: [", "indicators: [own_value, ")
    )
    common = made.source.parents[3] / "sql/indicators/contract_value"
    own = made.source.parents[1] / "indicators/own_value"
    own.mkdir(parents=True)
    text = (common / "indicator.yml").read_text().replace("indicator: contract_value\n", "indicator: own_value\n")
    (own / "indicator.yml").write_text(text)
    (own / "query.sql").write_text(
        "select case when grouping(buyer_country) = 1 then '_T' else buyer_country end as partner,\n"
        "  sum(value) as value, count(*) as records\n"
        "from contracts where buyer_country <> 'VNM' or value > 0\n"
        "group by grouping sets ((), (buyer_country)) having grouping(buyer_country) = 1 or buyer_country = 'KEN'\n"
    )
    return made


def test_examples_that_come_out_as_expected_are_counted(tiny: Tiny) -> None:
    _example(tiny).write_text(EXAMPLE.format(total=150))
    tried = tiny.yearbook("try", "own_value")
    assert (tried.exit_code, tried.output) == (0, "1 example of 1 indicator; otherwise than expected: 0\n")


def test_an_example_that_comes_out_otherwise_shows_both(tiny: Tiny) -> None:
    _example(tiny).write_text(EXAMPLE.format(total=149))
    tried = tiny.yearbook("try", "own_value")
    assert tried.exit_code == 1
    assert tried.stdout == (
        "own_value: two contracts\n"
        "  expected  partner=_T  value=149  records=2  status=A\n"
        "  found     partner=_T  value=150  records=2  status=A\n"
        "1 example of 1 indicator; otherwise than expected: 1\n"
    )
    assert "correct `query.sql` where the figure is wrong, `expect` where the example is" in tried.stderr


def test_an_indicator_without_an_example_says_so(tiny: Tiny) -> None:
    tried = tiny.yearbook("try", "own_value")
    assert (tried.exit_code, "the indicator has no test" in tried.stderr) == (1, True)


def _example(tiny: Tiny) -> Path:
    return tiny.source.parents[1] / "indicators/own_value/test.yml"
