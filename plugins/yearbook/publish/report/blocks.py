"""Whether all that an office's template brings is shown: a block that nobody asks for is dropped without a word.

A block is shown where a page above it has one of that name, in a stretch that still stands, or where the template
itself puts or calls it (`self`). Not its business: filling templates (`pages`).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, TemplateNotFound, nodes

from yearbook.errors import DefinitionError
from yearbook.model.definition import nearest

CALLED = (nodes.Macro, nodes.AssignBlock)
"""What says nothing where it stands, and may call blocks where it is used."""
SPEAKING = (nodes.CallBlock, nodes.FilterBlock, nodes.Include)


@dataclass(frozen=True)
class _Page:
    """One template of a chain, from the one that is asked for up to the one that extends none."""

    path: str
    tree: nodes.Template

    @property
    def parent(self) -> nodes.Extends | None:
        return next(iter(self.tree.find_all(nodes.Extends)), None)

    @property
    def blocks(self) -> dict[str, nodes.Block]:
        return {block.name: block for block in self.tree.find_all(nodes.Block)}


def require_shown(environment: Environment, name: str, is_own: Callable[[Path], bool]) -> None:
    """Raise `DefinitionError` for a block, or a text, of an office's template that no page would show."""
    chain = _chain(environment, name)
    for level, page in enumerate(chain[:-1]):
        if is_own(Path(page.path)):
            _require_no_text(page)
            _require_blocks(chain[level:])


def _chain(environment: Environment, name: str) -> list[_Page]:
    chain = [_read(environment, name)]
    while (extends := chain[-1].parent) and isinstance(extends.template, nodes.Const):
        where, parent = f"{chain[-1].path}:{extends.lineno}", str(extends.template.value)
        try:
            page = _read(environment, parent)
        except TemplateNotFound:
            right = nearest(parent, environment.list_templates())
            fix = f"did you mean `{right}`?" if right else "ours stand in reports/templates/"
            raise DefinitionError(f"there is no template `{parent}`", where=where, fix=fix) from None
        if page.path in {one.path for one in chain}:
            fix = f"write `common/{parent}` for the common page"
            raise DefinitionError("the template extends itself", where=where, fix=fix)
        chain.append(page)
    return chain


def _read(environment: Environment, name: str) -> _Page:
    assert environment.loader is not None
    source, path, _ = environment.loader.get_source(environment, name)
    return _Page(path or name, environment.parse(source, name, path))


def _require_no_text(page: _Page) -> None:
    line = next((line for node in _outside(page.tree) if (line := _says_in(node))), None)
    if line is not None:
        raise DefinitionError(
            "what stands outside all blocks of a template that extends another is not shown",
            where=f"{page.path}:{line}",
            fix="put it into a block",
        )


def _says_in(node: nodes.Node) -> int | None:
    """The line in which what stands outside all blocks says something, or None."""
    if isinstance(node, SPEAKING):
        return node.lineno
    for part in node.nodes if isinstance(node, nodes.Output) else []:
        said = part.data if isinstance(part, nodes.TemplateData) else "value"
        if said.strip():
            return part.lineno + said[: len(said) - len(said.lstrip())].count("\n")
    return None


def _require_blocks(chain: list[_Page]) -> None:
    page, shown = chain[0], _shown(chain)
    known = {name for one in chain[1:] for name in one.blocks}
    for block in (node for node in _outside(page.tree) if isinstance(node, nodes.Block)):
        if block.name in shown:
            continue
        where = f"{page.path}:{block.lineno}"
        if block.name in known:
            what = f"the block `{block.name}` is not shown: a block around it is replaced"
            raise DefinitionError(what, where=where, fix="put it inside that block, or call `{{ super() }}` there")
        right = nearest(block.name, sorted(known))
        fix = f"did you mean `{right}`?" if right else f"the blocks of the page: {', '.join(sorted(known))}"
        raise DefinitionError(f"the page has no block `{block.name}`", where=where, fix=fix)


def _outside(node: nodes.Node) -> Iterator[nodes.Node]:
    """What stands outside all blocks, and the outermost blocks themselves."""
    for child in node.iter_child_nodes():
        yield child
        if not isinstance(child, (nodes.Block, nodes.Output, *CALLED, *SPEAKING)):
            yield from _outside(child)


def _shown(chain: list[_Page]) -> set[str]:
    """The names of the blocks that a page shows, whichever template of the chain they come from."""
    places = [page.blocks for page in chain]
    seen: set[tuple[str, int]] = set()

    def show(name: str, level: int) -> None:
        found = next((at for at in range(level, len(chain)) if name in places[at]), None)
        if found is not None and (name, found) not in seen:
            seen.add((name, found))
            for child in places[found][name].iter_child_nodes():
                walk(child, name, found)

    def walk(node: nodes.Node, within: str, level: int) -> None:
        if isinstance(node, nodes.Block):
            show(node.name, 0)
            return
        if isinstance(node, nodes.Name) and node.name == "super":
            show(within, level + 1)
        if (called := _called_in(node)) is not None:
            show(called, 0)
            return
        if isinstance(node, nodes.Name) and node.name == "self":
            # Nobody can say which of them it calls.
            for called in {name for place in places for name in place}:
                show(called, 0)
        for child in node.iter_child_nodes():
            walk(child, within, level)

    for page in chain[:-1]:
        for node in _outside(page.tree):
            if isinstance(node, CALLED):
                walk(node, "", 0)
    walk(chain[-1].tree, "", 0)
    return {name for name, _ in seen}


def _called_in(node: nodes.Node) -> str | None:
    """The block that `self.name` or `self["name"]` calls, or None for anything else."""
    if not isinstance(node, nodes.Getattr | nodes.Getitem):
        return None
    if not (isinstance(node.node, nodes.Name) and node.node.name == "self"):
        return None
    if isinstance(node, nodes.Getattr):
        return node.attr
    return str(node.arg.value) if isinstance(node.arg, nodes.Const) else None
