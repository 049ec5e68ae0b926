"""Where a cluster is, and how it is entered."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.engines.opensearch.address import Credentials, parse
from indexer.errors import SettingsError
from indexer.settings import Settings


def test_hosts_and_name_are_read() -> None:
    address = parse("http://one:9200,http://two:9201/bao")
    assert (address.hosts, address.name) == (("http://one:9200", "http://two:9201"), "bao")
    assert str(address) == "http://one:9200,http://two:9201/bao"


def test_a_scheme_may_be_said_once_and_a_port_left_out() -> None:
    assert parse("https://one, two/bao").hosts == ("https://one:443", "https://two:443")
    assert parse("http://[::1]/bao").hosts == ("http://[::1]:9200",)


@pytest.mark.parametrize(
    "text",
    [
        "http://one:9200",
        "http://one:9200/",
        "http://one:9200/Bao",
        "http:///bao",
        "http://one:x/bao",
        "http://one/a/bao",
    ],
)
def test_what_is_no_address_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse(text)
    assert "\n" not in str(caught.value)


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(SettingsError) as caught:
        parse("http://editor:s3cret@one:9200/bao")
    assert "s3cret" not in str(caught.value)
    assert "TIMBAO_OPENSEARCH_PASSWORD" in str(caught.value)


def test_nothing_that_enters_a_cluster_is_shown() -> None:
    environ = {
        "TIMBAO_OPENSEARCH_USER": "us3r",
        "TIMBAO_OPENSEARCH_PASSWORD": "s3cret",
        "TIMBAO_OPENSEARCH_API_KEY": "k3y",
    }
    settings = Settings.load(environ=environ, index="http://one:9200/bao", toml=Path("none.toml"))
    assert (settings.opensearch_user, settings.opensearch_password) == ("us3r", "s3cret")
    shown = f"{settings!r} {settings.shown} {Credentials('us3r', 's3cret', 'k3y')!r}"
    assert not any(secret in shown for secret in ("us3r", "s3cret", "k3y"))


def test_an_index_on_a_cluster_has_a_folder_for_the_catalogue() -> None:
    settings = Settings.load(environ={}, index="http://one:9200,http://two:9200/bao", toml=Path("none.toml"))
    assert settings.cluster == "http://one:9200,http://two:9200/bao"
    assert settings.index == Path("timbao-catalogue-bao")
    named = Settings.load(
        environ={"TIMBAO_INDEX": "http://one/bao", "TIMBAO_CATALOGUE": "here"}, toml=Path("none.toml")
    )
    assert named.index == Path("here")


@pytest.mark.parametrize("options", [{"engine": "opensearch"}, {"engine": "tantivy", "index": "http://one:9200/bao"}])
def test_an_engine_that_does_not_go_with_the_index_is_refused(options: dict[str, str]) -> None:
    with pytest.raises(SettingsError):
        Settings.load(environ={}, toml=Path("none.toml"), **options)
