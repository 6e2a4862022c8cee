from editions import observation, table
from yearbook.model.observation import PUBLIC_COLUMNS
from yearbook.publish.door import public_part


def test_names_of_institutions_and_technologies_stay_inside() -> None:
    rows = [
        observation("contract_value", 2024, value=1.0, breakdown=breakdown)
        for breakdown in ("_T", "institution=S1", "institution=S1;technology=T", "basis=real;technology=T", "scope=x")
    ]
    public = public_part(table(rows))
    assert public["breakdown"].to_pylist() == ["_T", "scope=x"]
    assert tuple(public.column_names) == PUBLIC_COLUMNS
