"""The pages of all profiles of an edition, as files: their charts are drawn in one pass.

Not its business: what a profile says (`profile`).
"""

from collections.abc import Collection, Mapping
from pathlib import Path

from markupsafe import Markup

from yearbook.publish.charts.palette import load_palette
from yearbook.publish.charts.svg import render
from yearbook.publish.context import Context
from yearbook.publish.profiles.profile import Profiler
from yearbook.publish.profiles.view import Profile
from yearbook.publish.report.citation import work_title
from yearbook.publish.report.pages import page_filler, template_folders


def make_profile_pages(
    contexts: dict[str, Context], reports: Path, placed: Mapping[str, Collection[str]]
) -> dict[str, bytes]:
    """A page for each partner and sector with enough figures, in every language, by address.

    `placed` are the figures that have their place in the report of each language.
    """
    languages = [(tag, context.language.name) for tag, context in contexts.items()]
    profiles = [one for context in contexts.values() for one in Profiler(context, languages).every()]
    if not profiles:
        return {}
    recipe = next(iter(contexts.values())).material.recipe
    folders = template_folders(reports, recipe.root)
    drawings = {_key(one): (one.tag, one.drawing) for one in profiles if one.drawing}
    pictures = render(drawings, load_palette(folders))
    fillers = {
        tag: page_filler("profile.html", context.language, folders, placed[tag]) for tag, context in contexts.items()
    }
    return {
        one.address: fillers[one.tag](
            f"{one.name} · {work_title(contexts[one.tag])}",
            " · ".join(mark.title for mark in one.marks),
            profile=one,
            picture=Markup(pictures.get(_key(one), "")),
        ).encode()
        for one in profiles
    }


def _key(profile: Profile) -> str:
    return f"{profile.tag}/{profile.picture}"
