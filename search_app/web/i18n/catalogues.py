"""Keeps the catalogues of translated words in step with the program: ``python -m search_app.web.i18n.catalogues``.

Extracts every marked message, brings each ``messages.po`` up to date, compiles it, and names what is not translated.
The compiled catalogues are committed, so that a wheel needs no build step.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

WEB = Path(__file__).parent.parent
FOLDER = WEB / "translations"
METHODS = [("**.py", "python"), ("templates/**", "jinja2")]
OPTIONS = {"templates/**": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}
KEYWORDS = {"_": None, "gettext": None, "lazy": None, "ngettext": (1, 2)}


def extracted() -> Catalog:
    """Every message that is marked in the code and the templates, without where it stands: lines move too often."""
    catalogue = Catalog(project="timbao", charset="utf-8", fuzzy=False)
    found = extract_from_dir(WEB, METHODS, OPTIONS, keywords=KEYWORDS, comment_tags=())
    for name, _line, message, _comments, _context in sorted(found, key=lambda one: (one[0], one[1])):
        catalogue.add(message, locations=[(name, 0)])
    return catalogue


def catalogues() -> Iterator[tuple[Path, Catalog]]:
    """Each language's catalogue as it is on disk."""
    for path in sorted(FOLDER.glob("*/LC_MESSAGES/messages.po")):
        with path.open("rb") as file:
            yield path, read_po(file, locale=path.parts[-3])


def missing(catalogue: Catalog, wanted: Catalog) -> list[str]:
    """The messages that have no sure translation."""
    made = []
    for message in wanted:
        found = catalogue.get(message.id) if message.id else None
        translated = found and found.string and (all(found.string) if isinstance(found.string, tuple) else True)
        if message.id and (found is None or not translated or found.fuzzy):
            made.append(str(message.id))
    return made


def compiled(catalogue: Catalog) -> bytes:
    """The catalogue as gettext reads it."""
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def main() -> int:
    """Update and compile all; 1 if anything is left to translate."""
    wanted = extracted()
    left = 0
    for path, catalogue in catalogues():
        created = catalogue.creation_date
        catalogue.update(wanted, no_fuzzy_matching=True)
        catalogue.creation_date = created  # or every run would change the file
        catalogue.obsolete.clear()
        out = io.BytesIO()
        write_po(out, catalogue, width=0, no_location=True, sort_output=True, omit_header=False)
        path.write_bytes(out.getvalue())
        path.with_suffix(".mo").write_bytes(compiled(catalogue))
        for message in missing(catalogue, wanted):
            print(f"{path.relative_to(WEB)}: {message}", file=sys.stderr)
            left += 1
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
