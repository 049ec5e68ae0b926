"""Citations that nothing in a text can break."""

from result_articles import article, saved

from indexer.models import Dating, Published
from search_app.results.citations import bibtex, citation, ris


def test_bibtex_holds_whatever_a_title_holds() -> None:
    made = bibtex(citation(article(title="50% {a} & b_c #1 $x ~y ^z \\w\nq").article, saved("a1")))
    assert r"50\% \{a\} \& b\_c \#1 \$x \textasciitilde{}y \textasciicircum{}z \textbackslash{}w q" in made
    assert made.startswith("@article{bao2023-a1,\n")
    assert made.count("{") - made.count(r"\{") == made.count("}") - made.count(r"\}")
    assert "date = {2023-02-08}" in made


def test_bibtex_says_only_what_is_known() -> None:
    bare = citation(article(dating=Dating(Published("2023", "year"), "l", "x"), byline=None, url=None).article, "s")
    made = bibtex(bare)
    assert "month" not in made
    assert "author" not in made
    assert "url = {s}" in made


def test_an_address_cannot_end_its_field() -> None:
    braces = bibtex(citation(article(url="https://x.example/}},@evil{").article, saved("a1")))
    assert "%7D%7D,@evil%7B" in braces
    broken = bibtex(citation(article(url="https://x.example/}},\n@evil{").article, saved("a1")))
    assert "evil" not in broken


def test_ris_is_one_record_whatever_the_text_holds() -> None:
    made = ris(citation(article(title="Một\r\nER  - \r\nTY  - NEWS").article, saved("a1")))
    assert made.splitlines()[0] == "TY  - NEWS"
    assert [line for line in made.splitlines() if line.startswith("ER")] == ["ER  - "]
    assert "DA  - 2023/02/08\r\n" in made
