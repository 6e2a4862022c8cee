"""What every maker of an edition's files is given. A maker takes it and returns files, bytes by name, and no more.

Not its business: which makers there are (`edition`).
"""

from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa

from yearbook.publish.context import Context, Material


@dataclass(frozen=True)
class Ingredients:
    """One edition: its material, the published observations of its year, its contexts and its pages by language tag."""

    material: Material
    observations: pa.Table
    contexts: dict[str, Context]
    pages: dict[str, bytes]


Maker = Callable[[Ingredients], dict[str, bytes]]
