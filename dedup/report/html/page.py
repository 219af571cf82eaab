"""The page put together: templates, styles and script in one file, piece by piece."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from types import SimpleNamespace
from typing import TYPE_CHECKING

from markupsafe import Markup

from dedup.messages import LANGS, Message, message, translate
from dedup.report.decisions import header_record
from dedup.report.html import overview
from dedup.report.html.clusters import Shower, member_of
from dedup.report.html.escape import LANG_TAGS, said
from dedup.report.html.related import made_of, related
from dedup.report.html.sides import side_of
from dedup.report.html.words import SPOKEN, WORDS
from dedup.report.names import count, short_names
from dedup.report.records import compact
from dedup.report.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jinja2 import Environment

    from dedup.messages import Lang
    from dedup.model import Comparison, ScanResult
    from dedup.report.view import View


def result_page(
    result: ScanResult,
    view: View,
    comparisons: Mapping[tuple[str, str], Comparison],
    gone: Mapping[str, Message],
) -> Iterator[str]:
    """Yield a result as one page, in pieces that end with a line end.

    ``comparisons`` are shown side by side, by the ids of the pair; ``gone`` says of documents,
    by id, why they could not be read again.
    """
    shower = Shower(result, comparisons, gone)
    title = counted(
        result.summary.clusters,
        message("Duplicates: {count} cluster"),
        message("Duplicates: {count} clusters"),
    )
    near = [shower.borderline(pair) for pair in result.borderline]
    listed, more = related(result)
    drawn, width = overview.bars(result)
    page = _Page(view.lang)
    yield page.head(title)
    yield page.part(
        "overview.html",
        totals=overview.totals(result),
        way=overview.way(result),
        relations=overview.relations(result),
        bars=drawn,
        width=width,
        settings=overview.settings(result),
        attention=overview.attention(result, gone),
        skipped=overview.skipped(result),
        left_out=_left_out(result, comparisons),
        limited=_limited(result),
        clusters=len(result.clusters),
        header=compact(header_record(result)),
    )
    for number, cluster in enumerate(result.clusters, 1):
        yield page.part("cluster.html", cluster=shower.cluster(number, cluster))
    yield page.part(
        "after.html",
        clusters=len(result.clusters),
        near=near,
        related=listed,
        wholes=made_of(result),
        related_more=more,
    )
    yield page.tail()


def comparison_page(comparison: Comparison, view: View) -> Iterator[str]:
    """Yield the comparison of two documents as one page."""
    a, b = short_names(comparison.a, comparison.b)
    page = _Page(view.lang)
    yield page.head(message("{a} and {b} compared", a=a, b=b))
    yield page.part(
        "pair.html",
        a=member_of(comparison.a),
        b=member_of(comparison.b),
        side=side_of(comparison),
    )
    yield page.tail()


def _limited(result: ScanResult) -> Markup | None:
    """Return how many clusters are shown, where that is not all of them."""
    shown, clusters = len(result.clusters), result.summary.clusters
    if shown == clusters:
        return None
    return said(
        message(
            "Shown: {shown} of {clusters} clusters (--limit).",
            shown=count(shown),
            clusters=count(clusters),
        )
    )


def _left_out(
    result: ScanResult, comparisons: Mapping[tuple[str, str], Comparison]
) -> Markup | None:
    """Return how many dropped documents are not shown side by side; None for none."""
    number = sum(
        (pair.a, pair.b) not in comparisons for cluster in result.clusters for pair in cluster.drop
    )
    if not number:
        return None
    return said(
        counted(
            number,
            message(
                "Left out: the texts of {count} dropped document side by side; "
                "its entry gives the command that shows them."
            ),
            message(
                "Left out: the texts of {count} dropped documents side by side; "
                "their entries give the command that shows them."
            ),
        )
    )


class _Page:
    """A page in the language that it opens in."""

    def __init__(self, lang: Lang) -> None:
        self._always = {
            "words": SimpleNamespace(**{name: said(word) for name, word in WORDS.items()}),
            "said": {
                lang: {name: word.render(lang) for name, word in WORDS.items()} for lang in LANGS
            },
            "spoken": {
                lang: {name: translate(word.template, lang) for name, word in SPOKEN.items()}
                for lang in LANGS
            },
            "lang": lang,
            "lang_tag": LANG_TAGS[lang],
        }

    def head(self, title: Message) -> str:
        return self.part(
            "head.html",
            title=said(title),
            titles={lang: title.render(lang) for lang in LANGS},
            styles=Markup(_asset("page.css")),  # noqa: S704 - ours
            policy=_policy(),
        )

    def tail(self) -> str:
        return self.part("tail.html", script=Markup(_asset("page.js")))  # noqa: S704 - ours

    def part(self, template: str, **values: object) -> str:
        """Return a template with its values, ending with a line end."""
        text = _environment().get_template(template).render(**self._always, **values)
        return text if text.endswith("\n") else text + "\n"


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("dedup.report.html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _asset(name: str) -> str:
    return files("dedup.report.html").joinpath("assets", name).read_text("utf-8")


@cache
def _policy() -> str:
    """Return what the page allows: its own styles and script, known by their hash, no more."""
    styles, script = _hash(_asset("page.css")), _hash(_asset("page.js"))
    return (
        f"default-src 'none'; style-src '{styles}'; script-src '{script}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(content: str) -> str:
    digest = hashlib.sha256(content.encode("utf-8")).digest()
    return "sha256-" + base64.b64encode(digest).decode("ascii")
