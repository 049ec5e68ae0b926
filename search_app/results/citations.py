"""An article as others cite it: a line of text, BibTeX, RIS. What is not known is left out, never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.models import Article
from indexer.vietnamese.text import fold
from search_app.links import web_address

UNTITLED = "(không có tiêu đề)"
_SPACES = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
_ADDRESS = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"})  # letters that would end the field


@dataclass(frozen=True, slots=True)
class Citation:
    """What a citation says. ``date`` is ISO cut to the day, month or year that the page states, or None."""

    id: str
    title: str
    author: str | None
    site: str | None
    date: str | None
    url: str | None
    saved: str

    @property
    def key(self) -> str:
        """A key for BibTeX: the site's name, the year, the article's id."""
        site = re.sub(r"[^a-z0-9]+", "", fold(self.site or "").lower().removeprefix("www.").split(".")[0])
        return f"{site or 'bao'}{(self.date or '')[:4]}-{re.sub('[^A-Za-z0-9]+', '', fold(self.id))}"


def citation(article: Article, saved: str) -> Citation:
    """What there is to cite of an article; ``saved`` is the permanent link to the stored copy."""
    published = article.dating.published
    return Citation(
        id=article.id,
        title=_line(article.title) or UNTITLED,
        author=_line(article.byline or "") or None,
        site=_line(article.site or "") or None,
        date=published.value[:10] if published else None,
        url=web_address(_line(article.url or "")),
        saved=saved,
    )


def _line(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


def bibtex(cited: Citation) -> str:
    """One entry, in UTF-8 as biber reads it. The title keeps its capitals."""
    year, month, _ = [*(cited.date or "").split("-"), "", ""][:3]
    fields = {
        "title": "{" + cited.title.translate(_LATEX) + "}",
        "author": "{" + cited.author.translate(_LATEX) + "}" if cited.author else "",
        "journal": (cited.site or "").translate(_LATEX),
        "year": year,
        "month": str(int(month)) if month else "",
        "date": cited.date or "",
        "url": (cited.url or cited.saved).translate(_ADDRESS),
        "note": f"Saved copy: \\url{{{cited.saved.translate(_ADDRESS)}}}" if cited.url else "",
        "langid": "vietnamese",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@article{{{cited.key},", *lines, "}"]) + "\n"


def ris(cited: Citation) -> str:
    """One record of reference managers (RIS)."""
    date = (cited.date or "").replace("-", "/")
    tags = [
        ("TY", "NEWS"),
        ("TI", cited.title),
        ("AU", cited.author),
        ("T2", cited.site),
        ("PY", date[:4]),
        ("DA", date),
        ("UR", cited.url or cited.saved),
        ("L2", cited.saved if cited.url else None),
        ("LA", "vi"),
        ("ID", cited.key),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in tags if value) + "ER  - \r\n"
