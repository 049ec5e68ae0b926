"""What the command line says in Vietnamese, by what it says in English."""

from __future__ import annotations

MESSAGES = {
    "Usage:": "Cách dùng:",
    "Options": "Tùy chọn",
    "Commands": "Các lệnh",
    "undated": "không rõ ngày",
    "now": "nay",
    "{total} found": "{total} bài",
    "at least {total} found": "ít nhất {total} bài",
    ", shown {shown}": ", hiện {shown}",
    "no article has all the words; these have some of them": "không bài nào có đủ các từ; đây là những bài gần đúng",
    "only {word}: {count}": "chỉ {word}: {count}",
    "did you mean: {query}": "có phải bạn muốn tìm: {query}",
    "no article has the id {id}": "không có bài nào mang mã {id}",
    "nothing to report": "không có gì để báo cáo",
    "{file}: {count} articles": "{file}: {count} bài",
    "cannot write {file}: {reason}": "không ghi được {file}: {reason}",
    "no such command: {name}": "không có lệnh {name}",
    "no such command: {name}; did you mean {hint}?": "không có lệnh {name}; ý bạn là {hint}?",
    "at most 200; with --csv there is no bound": "nhiều nhất là 200; với --csv thì không giới hạn",
    "stopped; what was done is kept": "đã dừng; những gì đã làm vẫn được giữ",
    "stopped": "đã dừng",
    "taken back": "đã hoàn tác",
    "--undo goes alone": "--undo thì không đi cùng tùy chọn sửa nào khác",
    "this system does not say what processes have used: only --http runs here": (
        "hệ điều hành này không cho biết tiến trình đã dùng bao nhiêu: ở đây chỉ chạy được --http"
    ),
    "{place}: {articles} articles, {size}": "{place}: {articles} bài, {size}",
    "{place}: {articles} articles, as of {made}": "{place}: {articles} bài, như lúc {made}",
    "to search all of it: {command}": "để tìm được tất cả: {command}",
    "timbao: only the catalogue was copied, the index cannot be read ({why})": (
        "timbao: chỉ sao được kho, chỉ mục không đọc được ({why})"
    ),
    "this machine's catalogue only; the index on the cluster:": "chỉ kho của máy này; chỉ mục trên cụm:",
    "{place} is there already: a backup takes a new folder": "{place} đã có: bản sao lưu cần một thư mục mới",
    "{place} is no backup: it has no list of files that can be read": (
        "{place} không phải bản sao lưu: không có danh sách tệp đọc được"
    ),
    "{place} is a backup of a newer version of timbao, or none": (
        "{place} là bản sao lưu của timbao mới hơn, hoặc không phải bản sao lưu"
    ),
    "{place} cannot be restored: {name} is missing or no longer what it was; nothing was changed": (
        "không khôi phục được {place}: {name} mất hoặc đã khác; chưa có gì bị đổi"
    ),
    "{place} is the backup itself: name another folder with --index": (
        "{place} chính là bản sao lưu: hãy nêu thư mục khác bằng --index"
    ),
    "{place} holds what is no index ({name})": "{place} chứa thứ không phải chỉ mục ({name})",
    "there is an index in {place}; to replace it: {command}": "{place} đã có chỉ mục; để thay nó: {command}",
    "{count} corrections of {articles} articles": "{count} chỗ sửa ở {articles} bài",
    "{count} corrections of {articles} articles, {unknown} of them not stored yet": (
        "{count} chỗ sửa ở {articles} bài, {unknown} bài chưa có trong kho"
    ),
    "files are damaged or gone: ": "tệp hỏng hoặc mất: ",
    "wait to be indexed, which the next run does": "chờ lập chỉ mục, lần chạy sau sẽ làm",
    "missing from the index": "thiếu trong chỉ mục",
    "in the index, not in the catalogue": "có trong chỉ mục, không có trong kho",
    "missing from the rows for ranking": "thiếu trong các hàng để xếp hạng",
    "missing from the articles that are shown": "thiếu trong các bài để hiện",
    "in the rows for ranking, not in the engine": "có trong các hàng để xếp hạng, không có trong bộ máy",
    "in the articles that are shown, not in the engine": "có trong các bài để hiện, không có trong bộ máy",
    "more than once in the engine": "có hơn một lần trong bộ máy",
    "the file of the rows for ranking cannot be used": "tệp các hàng để xếp hạng không dùng được",
    "the file of the articles that are shown cannot be used": "tệp các bài để hiện không dùng được",
    "the counts for ranking are missing or cannot be read": "số đếm để xếp hạng thiếu hoặc không đọc được",
    "the index cannot be read": "chỉ mục không đọc được",
    "the catalogue's file is damaged": "tệp của kho bị hỏng",
    ": restore a backup, or read the pages anew": ": khôi phục một bản sao lưu, hoặc đọc lại các trang",
    "cannot be read in the catalogue": "không đọc được trong kho",
    "cannot be read in the catalogue: forget them, then read their pages again": (
        "không đọc được trong kho: quên các bài ấy rồi đọc lại trang của chúng"
    ),
    "stand in the index with another text": "trong chỉ mục có chữ khác",
    "stand in the index with other places, times or site": "trong chỉ mục có nơi, thời gian hoặc báo khác",
    "stand in the index with another date": "trong chỉ mục có ngày khác",
    "are shown otherwise than they were read": "được hiện khác với khi đọc",
    "have another row for ranking than their text": "có hàng để xếp hạng khác với chữ của bài",
    "words are counted otherwise by the index": "từ được chỉ mục đếm khác",
    "mend it with: {command}": "sửa bằng: {command}",
    "nothing wrong: {articles} articles, {compared} of them compared in full": (
        "không có gì sai: {articles} bài, {compared} bài được so kỹ"
    ),
    "no checksum tells of the catalogue's lists of files and corrections": (
        "không có mã kiểm cho danh sách tệp và các chỗ sửa trong kho"
    ),
    "line {number}: {reason}": "dòng {number}: {reason}",
    "no correction": "không phải chỗ sửa",
    "one of ID, --export and --import": "chỉ một trong ID, --export và --import",
    "{articles} articles at {address} (Ctrl-C stops)": "{articles} bài ở {address} (Ctrl-C để dừng)",
}
