"""The command report."""

from pathlib import Path

from command import run


def test_report_writes_what_there_is(index_dir: Path, tmp_path: Path) -> None:
    done = run("report", "hợp tác", "--country", "han-quoc", "--period", "Q1/2023", "--index", index_dir)
    assert done.exit_code == 0
    assert "- Kỳ: quý 1/2023\n- Từ tìm: hợp tác\n- Nước: Hàn Quốc\n" in done.stdout
    assert "Hải Dương mở rộng hợp tác với Suwon (Hàn Quốc)" in done.stdout
    assert "Hà Nội" not in done.stdout
    for ending in ("docx", "xlsx", "html", "md"):
        path = tmp_path / f"r.{ending}"
        assert run("report", "--since", "2022", "-o", path, "--lang", "en", "--index", index_dir).exit_code == 0
        assert path.stat().st_size > 1_000


def test_report_says_by_its_exit_code_whether_there_is_anything(index_dir: Path, tmp_path: Path) -> None:
    path = tmp_path / "r.docx"
    done = run("report", "--since", "2024-02", "-o", path, "--index", index_dir)
    assert done.exit_code == 1
    assert done.stderr == "timbao: nothing to report\n"
    assert not path.exists()
    assert run("report", "-o", tmp_path / "r.pdf", "--index", index_dir).exit_code == 2
    assert run("report", "-o", tmp_path / "none" / "r.md", "--index", index_dir).exit_code == 4
