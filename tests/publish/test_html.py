"""Every page of the site as a document: valid, whole, and asking nobody for anything."""

from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

from lxml import html

from checkers import nu_errors

# A link to another form of the page, such as a feed, is offered to readers and never fetched.
FETCHING = (
    "//script/@src | //img/@src | //link[not(@rel='alternate')]/@href | //iframe/@src | //object/@data"
    " | //video/@src | //audio/@src"
)


def test_the_nu_checker_finds_nothing(pages: list[Path]) -> None:
    assert nu_errors(pages) == []


def test_every_link_leads_somewhere(pages: list[Path], site: Path) -> None:
    trees = {path.resolve(): html.parse(str(path)) for path in pages}
    ids = {path: tree.xpath("//@id") for path, tree in trees.items()}
    assert {path.name: [one for one in set(own) if own.count(one) > 1] for path, own in ids.items()} == {
        path.name: [] for path in ids
    }
    broken = []
    for path, tree in trees.items():
        for link in tree.xpath("//a/@href"):
            if urlsplit(link).scheme in ("mailto", "data", "https"):
                continue
            address, fragment = urldefrag(link)
            target = (path.parent / unquote(address)).resolve() if address else path
            if not target.is_file() or (fragment and unquote(fragment) not in ids.get(target, [])):
                broken.append((path.relative_to(site).as_posix(), link))
    assert broken == []


def test_every_reference_between_elements_is_met(pages: list[Path]) -> None:
    for path in pages:
        tree = html.parse(str(path))
        names = {
            name for value in tree.xpath("//@aria-labelledby | //@aria-describedby | //@for") for name in value.split()
        }
        assert names - set(tree.xpath("//@id")) == set(), path


def test_no_page_asks_anybody_for_anything(pages: list[Path]) -> None:
    for path in pages:
        text, tree = path.read_text(encoding="utf-8"), html.parse(str(path))
        assert [one for one in tree.xpath(FETCHING) if not one.startswith("data:")] == []
        style = "".join(tree.xpath("//style/text()"))
        assert "@import" not in style
        assert "url(" not in style
        assert "default-src 'none'" in text


def test_no_page_is_larger_than_a_reader_can_wait_for(pages: list[Path]) -> None:
    assert max(path.stat().st_size for path in pages) < 1.5e6
