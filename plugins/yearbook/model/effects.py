"""Whether the headline that a dataset's `effect` names is an indicator that there is.

Not its business: whether a programme computes it, and what a record weighs in it (`validate/effect.py`).
"""

from collections.abc import Mapping
from pathlib import Path

from yearbook.errors import DefinitionError
from yearbook.model.dataset import Dataset
from yearbook.model.definition import load_yaml, nearest


def check_effects(
    datasets: Mapping[str, Dataset], files: Mapping[str, Path], include: Path, indicators: list[str]
) -> None:
    """Raise `DefinitionError` for an `effect` on an indicator that is not among `indicators`, at its line."""
    for name, dataset in datasets.items():
        if dataset.effect and dataset.effect.indicator not in indicators:
            right = nearest(dataset.effect.indicator, indicators)
            raise DefinitionError(
                f"`effect`: there is no indicator `{dataset.effect.indicator}`",
                where=_locate([files[name], include / "datasets" / f"{name}.yml"]),
                fix=f"did you mean `{right}`?" if right else f"indicators: {', '.join(indicators)}",
            )


def _locate(files: list[Path]) -> str:
    """The file and line of the effect that holds: a programme's file may leave it to the common one."""
    path, document = next((path, found) for path in files if "effect" in (found := load_yaml(path)))
    return f"{path}:{document['effect'].lc.key('indicator')[0] + 1}"
