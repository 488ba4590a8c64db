"""Reads citations as reference managers do, and writes what they say.

On stdin is a JSON list of objects with the texts "bibtex", "ris" and "csl"; on
stdout a list of objects with what the parsers made of each. CSL-JSON is held to
its schema, which a package of Python carries.
"""

import json
import pathlib
import sys
from importlib.util import find_spec

import bibtexparser
import jsonschema
import rispy
from bibtexparser.middlewares import SeparateCoAuthors
from pylatexenc import latex2text

schema = pathlib.Path(find_spec("commonmeta").submodule_search_locations[0], "resources", "csl-data.json")
validator = jsonschema.Draft7Validator(json.loads(schema.read_text()))


# Commands of LaTeX that its decoder lacks, or reads as another character.
commands = latex2text.get_default_latex_context_db()
commands.add_context_category(
    "braces",
    prepend=True,
    macros=[
        latex2text.MacroTextSpec("textbraceleft", "{"),
        latex2text.MacroTextSpec("textbraceright", "}"),
        latex2text.MacroTextSpec("textasciicircum", "^"),
    ],
)
decode = latex2text.LatexNodes2Text(commands).latex_to_text


def bibtex(text):
    library = bibtexparser.parse_string(text, append_middleware=[SeparateCoAuthors()])
    assert not library.failed_blocks, [b.error for b in library.failed_blocks]
    [entry] = library.blocks
    fields = {"type": entry.entry_type}
    for field in entry.fields:
        if field.key == "author":
            assert all(a[0] == "{" and a[-1] == "}" for a in field.value), field.value  # no part is a first name
            fields["author"] = [decode(a) for a in field.value]
        elif field.key in ("url", "date"):  # taken to the letter
            fields[field.key] = field.value
        else:
            fields[field.key] = decode(field.value)
    return fields


def ris(text):
    [entry] = rispy.loads(text)
    assert not entry.get("unknown_tag"), entry
    return entry


def csl(text):
    items = json.loads(text)
    validator.validate(items)
    [item] = items
    return item


citations = json.load(sys.stdin)
json.dump([{"bibtex": bibtex(c["bibtex"]), "ris": ris(c["ris"]), "csl": csl(c["csl"])} for c in citations], sys.stdout)
