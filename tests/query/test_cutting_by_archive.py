"""Queries typed without accents are cut by what the archive holds."""

import pytest
from web_service import GAZETTEER, index_of, tagged

from search_app.service import SearchService


@pytest.fixture(scope="module")
def service():
    """Decisions that recognise things stand in most stories, strikes of workers in few."""
    opinion = "Hội đồng công nhận di tích. Công chúng nhận định công trình đẹp."
    plan = "Hội đồng công nhận di tích. Báo chí nhận định rằng việc công bố kế hoạch là tốt."
    strike = "Công nhân bàn với nhau. Họ đình công đòi tăng lương."
    texts = [*[opinion] * 40, *[plan] * 80, *[strike] * 8]
    return SearchService(
        index_of(
            tagged(number, f"Tin số {number}", "", "", "", None, "a.example", body=(text,))
            for number, text in enumerate(texts)
        ),
        GAZETTEER,
    )


def test_a_word_is_known_without_accents_though_its_syllables_have_likelier_forms(service):
    assert service.search(service.request(text="cong nhan dinh cong")).understood == "cong_nhan dinh_cong"


def test_a_word_that_pyvi_lacks_is_one(service):
    assert service.search(service.request(text="kẹt xe ở xưởng")).understood.startswith("kẹt_xe")
