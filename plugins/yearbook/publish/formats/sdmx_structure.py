"""The structure file: agency, codelists, concepts, data structure and dataflow in SDMX-ML 3.0, named in all languages.

Written here and not by a library, since those that there are write English names only; the tests have other libraries
read it, and hold it against SDMX's own schema.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from lxml import etree

from yearbook.model.observation import DIMENSIONS
from yearbook.publish.context import Context, Material
from yearbook.publish.formats.imprinting import release_marks
from yearbook.publish.formats.ingredients import Ingredients
from yearbook.publish.formats.sdmx_codes import Coded
from yearbook.publish.formats.wordings import Words, in_each
from yearbook.publish.words.language import N_
from yearbook.publish.words.vocabulary import DIMENSION_TITLES

SCHEMAS = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0"
MESSAGE, STRUCTURE, COMMON = (f"{{{SCHEMAS}/{name}}}" for name in ("message", "structure", "common"))
NAMESPACES = {"mes": MESSAGE[1:-1], "str": STRUCTURE[1:-1], "com": COMMON[1:-1]}
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

DIMENSION_IDS = ("FREQ", "INDICATOR", *(name.upper() for name in DIMENSIONS), "BREAKDOWN", "TIME_PERIOD")
ATTRIBUTES = (
    "UNIT_MEASURE",
    "OBS_STATUS",
    "CONF_STATUS",
    "REASON",
    "NUMERATOR",
    "DENOMINATOR",
    "RECORDS",
    "COMMENT_OBS",
)
MANDATORY = frozenset({"UNIT_MEASURE", "OBS_STATUS", "CONF_STATUS"})
NUMBERS = {
    "OBS_VALUE": "Double",
    "NUMERATOR": "Double",
    "DENOMINATOR": "Double",
    "RECORDS": "Long",
    "COMMENT_OBS": "String",
}
CONCEPTS = {
    "FREQ": N_("Frequency"),
    "INDICATOR": N_("Indicator"),
    **{name.upper(): DIMENSION_TITLES[name] for name in DIMENSIONS},
    "BREAKDOWN": N_("Breakdown"),
    "TIME_PERIOD": N_("Year"),
    "OBS_VALUE": N_("Value"),
    "UNIT_MEASURE": N_("Unit"),
    "OBS_STATUS": N_("Status"),
    "CONF_STATUS": N_("Confidentiality"),
    "REASON": N_("Reason"),
    "NUMERATOR": N_("Numerator"),
    "DENOMINATOR": N_("Denominator"),
    "RECORDS": N_("Records"),
    "COMMENT_OBS": N_("Comment"),
}
LICENCE = N_("Licence")


@dataclass(frozen=True)
class Dataflow:
    """What the files of an edition refer to."""

    agency: str
    name: str
    version: str

    @classmethod
    def of(cls, material: Material) -> Self:
        """The dataflow of an edition."""
        programme = material.recipe.programme
        version = f"{material.year}.{len(material.release.errata)}.0"
        return cls(programme.agency_id, programme.programme.upper(), version)

    @property
    def reference(self) -> str:
        """As a data file names it."""
        return f"{self.agency}:{self.name}({self.version})"

    def urn(self, kind: str, name: str, part: str = "") -> str:
        """The address of one of its structures; `kind` is its package and class."""
        item = f".{part}" if part else ""
        return f"urn:sdmx:org.sdmx.infomodel.{kind}={self.agency}:{name}({self.version}){item}"


def write_structure(dataflow: Dataflow, codelists: dict[str, list[Coded]], ingredients: Ingredients) -> bytes:
    """The whole message."""
    root = etree.Element(f"{MESSAGE}Structure", nsmap=NAMESPACES)
    _write_header(root, ingredients.material, dataflow.agency)
    structures = _add(root, f"{MESSAGE}Structures")
    programme, contexts = ingredients.material.recipe.programme, ingredients.contexts
    publisher = in_each(contexts, lambda context: programme.publisher.get(context.language.tag))
    schemes = _add(structures, "AgencySchemes")
    agencies = _named(_add(schemes, "AgencyScheme", id="AGENCIES", agencyID="SDMX"), publisher)
    _named(_add(agencies, "Agency", id=dataflow.agency), publisher)
    lists = _add(structures, "Codelists")
    concepts = {name: _concept(contexts, name) for name in CONCEPTS}
    for name, codes in codelists.items():
        _write_codelist(_maintained(lists, "Codelist", f"CL_{name}", concepts[name], dataflow), codes)
    title = in_each(contexts, lambda context: programme.title.get(context.language.tag))
    scheme = _maintained(_add(structures, "ConceptSchemes"), "ConceptScheme", "CS", title, dataflow)
    for name, words in concepts.items():
        _named(_add(scheme, "Concept", id=name), words)
    structure = _maintained(_add(structures, "DataStructures"), "DataStructure", dataflow.name, title, dataflow)
    _write_components(_add(structure, "DataStructureComponents"), dataflow, set(codelists))
    marks = in_each(contexts, lambda context: "\n".join(release_marks(context)))
    flow = _maintained(_add(structures, "Dataflows"), "Dataflow", dataflow.name, title, dataflow, marks)
    if programme.licence:
        _write_licence(flow, contexts, programme.licence)
    _add(flow, "Structure").text = dataflow.urn("datastructure.DataStructure", dataflow.name)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _write_header(root: etree._Element, material: Material, agency: str) -> None:
    header = _add(root, f"{MESSAGE}Header")
    is_simulated = material.recipe.programme.confidentiality == "simulated"
    release = material.release
    moment = release.release_time.isoformat() if release.release_time else f"{release.released}T00:00:00"
    _add(header, f"{MESSAGE}ID").text = f"{material.recipe.programme.programme}-{material.year}"
    # Simulated records are a test message to any system that takes SDMX: it must not publish them.
    _add(header, f"{MESSAGE}Test").text = str(is_simulated).lower()
    _add(header, f"{MESSAGE}Prepared").text = moment
    _add(header, f"{MESSAGE}Sender", id=agency)


def _write_codelist(codelist: etree._Element, codes: Iterable[Coded]) -> None:
    for one in codes:
        code = _named(_add(codelist, "Code", id=one.code), one.names, one.descriptions)
        if one.parent:
            _add(code, "Parent").text = one.parent


def _write_components(components: etree._Element, dataflow: Dataflow, coded: set[str]) -> None:
    dimensions = _add(components, "DimensionList", id="DimensionDescriptor")
    for position, name in enumerate(DIMENSION_IDS[:-1], start=1):
        _represent(_component(dimensions, "Dimension", name, dataflow, position=str(position)), name, dataflow, coded)
    time = _component(dimensions, "TimeDimension", DIMENSION_IDS[-1], dataflow)
    _add(_add(time, "LocalRepresentation"), "TextFormat", textType="GregorianYear")
    attributes = _add(components, "AttributeList", id="AttributeDescriptor")
    for name in ATTRIBUTES:
        usage = "mandatory" if name in MANDATORY else "optional"
        attribute = _component(attributes, "Attribute", name, dataflow, usage=usage)
        _represent(attribute, name, dataflow, coded)
        _add(_add(attribute, "AttributeRelationship"), "Observation")
    measures = _add(components, "MeasureList", id="MeasureDescriptor")
    _represent(_component(measures, "Measure", "OBS_VALUE", dataflow, usage="optional"), "OBS_VALUE", dataflow, coded)


def _component(parent: etree._Element, kind: str, name: str, dataflow: Dataflow, **attributes: str) -> etree._Element:
    component = _add(parent, kind, id=name, **attributes)
    _add(component, "ConceptIdentity").text = dataflow.urn("conceptscheme.Concept", "CS", name)
    return component


def _represent(component: etree._Element, name: str, dataflow: Dataflow, coded: set[str]) -> None:
    representation = _add(component, "LocalRepresentation")
    if name in coded:
        _add(representation, "Enumeration").text = dataflow.urn("codelist.Codelist", f"CL_{name}")
    else:
        _add(representation, "TextFormat", textType=NUMBERS[name])


def _maintained(
    parent: etree._Element, kind: str, name: str, names: Words, dataflow: Dataflow, descriptions: Words | None = None
) -> etree._Element:
    own = {"id": name, "agencyID": dataflow.agency, "version": dataflow.version}
    return _named(_add(parent, kind, **own), names, descriptions)


def _named(element: etree._Element, names: Words, descriptions: Words | None = None) -> etree._Element:
    for kind, words in (("Name", names), ("Description", descriptions or {})):
        for tag, text in words.items():
            if text:
                named = _add(element, f"{COMMON}{kind}")
                named.set(LANGUAGE, tag)
                named.text = text
    return element


def _concept(contexts: dict[str, Context], name: str) -> Words:
    """What a column is called; a dimension as in the report, where a partner may simply be a country."""
    dimension = name.lower()
    if dimension in DIMENSIONS:
        return in_each(contexts, lambda context: context.dimension_title(dimension))
    return in_each(contexts, lambda context: context.language.say(CONCEPTS[name]))


def _write_licence(flow: etree._Element, contexts: dict[str, Context], licence: str) -> None:
    """The terms under which anybody may use the figures: an annotation, which stands before the names."""
    annotations = etree.Element(f"{COMMON}Annotations")
    annotation = _add(annotations, f"{COMMON}Annotation", id="LICENCE")
    _add(annotation, f"{COMMON}AnnotationType").text = "LICENCE"
    _add(annotation, f"{COMMON}AnnotationURL").text = licence
    for tag, text in in_each(contexts, lambda context: context.language.say(LICENCE)).items():
        said = _add(annotation, f"{COMMON}AnnotationText")
        said.set(LANGUAGE, tag)
        said.text = text
    flow.insert(0, annotations)


def _add(parent: etree._Element, kind: str, /, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, kind if kind.startswith("{") else STRUCTURE + kind, attributes)
