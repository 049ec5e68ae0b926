"""A corpus of invented stories that changes from version to version: stories come, change and go. Steady ones stay."""

from __future__ import annotations

import json
import random
from pathlib import Path

FILES = 4

_SYLLABLES = (
    "cầu kênh xã huyện đồng lúa chợ bến đò trường lớp thầy cô nông dân xưởng gỗ máy cày vườn xoài rừng đước bờ biển "
    "hội làng mưa nắng đường nhựa điện nước sạch giếng khoan cá tôm ruộng muối thuyền lưới hoa quả hạt giống"
)
_PLACES = ("tỉnh Thanh Hóa", "tỉnh Cà Mau", "thành phố Đà Nẵng", "tỉnh Lào Cai", "Hàn Quốc", "Nhật Bản")


def marker(version: int) -> str:
    """The syllable that stands in every story written or changed in this version, and in no other."""
    return f"mau{chr(ord('a') + version)}"


def text_version(story: int, version: int) -> int | None:
    """In which version a story got the text that it has in this one; None where it is not in this one."""
    if version and story % 5 == version % 5 and story % 2:
        return None
    return max((v for v in range(1, version + 1) if (story + v) % 3 == 0), default=0)


def address(story: int) -> str:
    """Of a story; those with an even number are steady: in every version."""
    return f"https://mau.example/tin-{story}"


def write_corpus(folder: Path, version: int, stories: int) -> None:
    """Write this version as JSONL files, or over those of another."""
    folder.mkdir(exist_ok=True)
    for number in range(FILES):
        written = [_line(story, text_version(story, version)) for story in range(number, stories, FILES)]
        (folder / f"{number}.jsonl").write_text("".join(written), encoding="utf-8")


def _line(story: int, version: int | None) -> str:
    if version is None:
        return ""
    chance = random.Random(f"{story} {version}")
    paragraphs = [" ".join(chance.choices(_SYLLABLES.split(), k=25)).capitalize() + "." for _ in range(2)]
    made = {
        "url": address(story),
        "title": f"Tin mẫu số {story}: {' '.join(chance.choices(_SYLLABLES.split(), k=4))}",
        "body": [f"Tại {chance.choice(_PLACES)}, {marker(version)} của tin này được viết.", *paragraphs],
        "published": f"2023-{story % 12 + 1:02}-08",
    }
    return json.dumps(made, ensure_ascii=False) + "\n"
