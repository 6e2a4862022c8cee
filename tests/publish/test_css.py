"""What of CSS is fetched: the same for an office's stylesheet and for the styles of its logo, however it is written."""

import re
from pathlib import Path

import pytest

from yearbook.errors import DefinitionError
from yearbook.publish.report.assets import read_logo, read_stylesheet
from yearbook.publish.report.css import read_tokens

FETCHED = [
    '@import "https://a.test/b.css";',
    "@IMPORT url(b.css);",
    r'@\69mport "https://a.test/b.css";',
    '@media print{@import "b.css";}',
    "a{b:url(https://a.test/b)}",
    "a{b:URL( 'b.png' )}",
    'a{b:url("//a.test/b")}',
    r"a{b:u\72l(https://a.test/b)}",
    r"a{b:\75 rl(b.png)}",
    r"a{b:url(\68ttps://a.test/b)}",
    "a{b:url(/**/#c)}",
    "a{b:url(\u00a0#c)}",
    "a{--b:url(b.png)}",
    "a{b:1+url(b.png)}",
    r"a{b:'\'' url(b.png)}",
    'a{b:image-set("https://a.test/b.png" 1x)}',
    "a{b:-webkit-image-set(var(--c) 1x)}",
    r'a{b:im\61ge-set("b.png" 1x)}',
    'a{b:image("b.png")}',
    'a{b:src("https://a.test/b")}',
    "@namespace svg url(https://a.test/b), url(https://a.test/c);",
    "@namespace svg; a{b:url(https://a.test/b)}",
]
NOT_FETCHED = [
    "@namespace svg url(http://www.w3.org/2000/svg);",
    "@namespace url( 'http://www.w3.org/2000/svg' ) ;",
    '@namespace svg "http://www.w3.org/2000/svg";',
    "a{b:url(#c)}",
    "a{b:URL( '#c' )}",
    "a{b:url()}",
    "@font-face{src:local(B),url('data:font/woff2;base64,d09/')}",
    "/* @import 'b.css'; url(https://a.test/b) */",
    "a{b:'url(b.png) @import'}",
    ".url,.image{--image-set:c(d);--src:my-src(d)}",
]
NOT_FETCHED_BY_A_PAGE = [
    'a[href^="https://"]{b:c}',
    r".c\{{b:c}",
    r"""a{b:"\"url(b.png)\""}""",
    "a{b:'c\\\nurl(b.png)'}",
    "a{b:url(data:image/svg+xml,c)}",
]


def stylesheet(folder: Path, css: str) -> None:
    (folder / "assets").mkdir()
    (folder / "assets/report-own.css").write_text(css, encoding="utf-8")
    read_stylesheet([folder], "report")


def logo(folder: Path, css: str) -> None:
    (folder / "assets").mkdir()
    text = f'<svg xmlns="http://www.w3.org/2000/svg"><style><![CDATA[{css}]]></style></svg>'
    (folder / "assets/logo.svg").write_text(text, encoding="utf-8")
    read_logo([folder])


@pytest.mark.parametrize("css", FETCHED)
@pytest.mark.parametrize(
    ("take", "says"), [(stylesheet, "a page asks nobody for anything: `"), (logo, "the picture asks for `")]
)
def test_what_would_be_fetched_is_refused(tmp_path: Path, take, says: str, css: str) -> None:
    with pytest.raises(DefinitionError, match=re.escape(says)):
        take(tmp_path, css)


@pytest.mark.parametrize(
    ("take", "css"),
    [
        *((take, css) for take in (stylesheet, logo) for css in NOT_FETCHED),
        *((stylesheet, css) for css in NOT_FETCHED_BY_A_PAGE),
    ],
)
def test_what_fetches_nothing_is_taken(tmp_path: Path, take, css: str) -> None:
    take(tmp_path, css)


@pytest.mark.parametrize(
    ("css", "kind", "said", "holds", "is_closed"),
    [
        ("/**/a", "comment", "/**/", "", True),
        ("/*/a", "comment", "/*/a", "", False),
        (r'"\201C b\"" c', "text", r'"\201C b\""', '\u201cb"', True),
        ('"a\\\nb"', "text", '"a\\\nb"', "ab", True),
        ('"a\nb"', "text", '"a', "a", False),
        ('"\\62\nb"', "text", '"\\62\nb"', "bb", True),
        (r"'\0\d800\110000'", "text", r"'\0\d800\110000'", "\ufffd" * 3, True),
        ("url( a\\)b ) c", "address", "url( a\\)b )", "a)b", True),
        ("url( 'a) b' ) c", "address", "url( 'a) b' )", "a) b", True),
        ("url('a\n)", "address", "url('a\n)", "a", False),
        ("url(a", "address", "url(a", "a", True),
        ("url(\\", "address", "url(\\", "\ufffd", True),
        ("url (a)", "other", "url", "", True),
        ("@url(a)", "other", "@url(", "", True),
        (r"\{}", "other", r"\{", "", True),
        ("1image(a)", "other", "1image(", "", True),
        ("+image(a)", "fetch", "image(", "", True),
        ("} a", "brace", "}", "", True),
    ],
)
def test_css_is_read_as_browsers_do(css: str, kind: str, said: str, holds: str, is_closed: bool) -> None:
    first = next(read_tokens(css))
    assert (first.kind, first.said, first.holds, first.is_closed) == (kind, said, holds, is_closed)
