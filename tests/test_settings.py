"""Where a setting comes from, and which one wins."""

from pathlib import Path

import pytest

from indexer.errors import SettingsError
from indexer.settings import Settings


def test_defaults_file_environment_options_in_that_order(tmp_path: Path) -> None:
    toml = tmp_path / "timbao.toml"
    toml.write_text('port = 1\nhost = "file"\nindex = "file"\n', encoding="utf-8")
    made = Settings.load(environ={"TIMBAO_HOST": "env", "TIMBAO_INDEX": "env"}, toml=toml, index=Path("option"))
    assert (made.port, made.host, made.index, made.threads) == (1, "env", Path("option"), 8)


@pytest.mark.parametrize("text", ["port = 'x'", "no toml", "unknown = 1", "engine = 'lucene'"])
def test_a_setting_that_cannot_be_used_is_one_line(tmp_path: Path, text: str) -> None:
    toml = tmp_path / "timbao.toml"
    toml.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        Settings.load(environ={}, toml=toml)
    assert "\n" not in str(caught.value)
