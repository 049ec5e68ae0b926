"""The help of the command line in Vietnamese, by what it is in English."""

from __future__ import annotations

METAVARS = {
    "OPTIONS": "TÙY CHỌN",
    "COMMAND": "LỆNH",
    "ARGS": "THAM SỐ",
    "INTEGER RANGE": "SỐ",
    "FLOAT RANGE": "SỐ",
    "TEXT": "CHỮ",
    "FILE": "TỆP",
    "SECONDS": "GIÂY",
}
"""What stands for an argument or the value of an option."""

DEFAULTS = {
    "$TIMBAO_INDEX, else": "$TIMBAO_INDEX, không thì",
    "the cores, at most 8": "số lõi, nhiều nhất 8",
    "the cores": "số lõi",
    "from $LANG": "theo $LANG",
    "Markdown on stdout": "Markdown ra màn hình",
    "all": "tất cả",
}
"""Defaults that are said in words."""

HELP = {
    "timbao demo": "Lập chỉ mục các trang mẫu rồi mở trang tìm.",
    "timbao index": "Đọc các trang đã lưu vào chỉ mục: chỉ cái mới hoặc đã đổi.",
    "timbao search": "Tìm bài.",
    "timbao report": "Ghi các bài của một câu tìm thành báo cáo.",
    "timbao extract": "Xem những gì sẽ được lập chỉ mục; không lưu gì.",
    "timbao show": "In một bài đã lưu.",
    "timbao explain": "Vì sao bài được cắt, đề ngày, gắn nơi như vậy, và khớp câu tìm ở đâu.",
    "timbao remove": "Quên các bài của một tệp.",
    "timbao rebuild": "Làm lại chỉ mục từ kho, không cần các trang.",
    "timbao check": "So chỉ mục với kho: không thiếu, cũ, trùng hay hỏng.",
    "timbao stats": "Đếm những gì chỉ mục có.",
    "timbao backup": "Sao lưu chỉ mục vào một thư mục mới.",
    "timbao restore": "Khôi phục chỉ mục từ một bản sao lưu.",
    "timbao matrix": "Đếm bài nói về mỗi tỉnh cùng với mỗi nước.",
    "timbao tag": "Sửa các nơi và ngày của một bài.",
    "timbao serve": "Mở trang tìm cho đến khi bấm Ctrl-C.",
    "timbao bench": "Đo timbao bên cạnh cách làm thường.",
    "Show this message and exit.": "In những dòng này rồi thôi.",
    "Show the version and exit.": "In số phiên bản rồi thôi.",
    "The language of messages and help.": "Ngôn ngữ của lời báo và trợ giúp.",
    "Only stories about it; repeatable.": "Chỉ bài nói về nơi ấy; lặp lại được.",
    "Only stories of 2023, of 2023-02, or undated: none.": "Chỉ bài của 2023, của 2023-02, hoặc không ngày: none.",
    "Only stories of this newspaper; repeatable.": "Chỉ bài của báo này; lặp lại được.",
    "Published on or after: 2023, 2023-02 or 2023-02-08.": "Đăng từ: 2023, 2/2023, 8/2/2023 hoặc quý 1/2023.",
    "Published on or before.": "Đăng đến hết.",
    "Published within: 2023-Q1, 2/2023, last quarter, quý này.": "Đăng trong kỳ: quý 1/2023, 2/2023, quý trước.",
    "The whole answer as one JSON object a query.": "Cả câu trả lời là một đối tượng JSON mỗi câu tìm.",
    "Every story as a row for a spreadsheet, without bound unless --limit is given.": (
        "Mỗi bài một dòng cho bảng tính, không giới hạn nếu không có --limit."
    ),
    "All words in one paragraph, all anywhere, or most of them; else the narrowest that has any.": (
        "Đủ các từ trong một đoạn, đủ ở đâu cũng được, hoặc phần lớn; không thì mức hẹp nhất có bài."
    ),
    "What parts the cells of --csv.": "Dấu ngăn các ô của --csv.",
    "As one JSON object.": "Thành một đối tượng JSON.",
    "At most so many stories.": "Nhiều nhất bấy nhiêu bài.",
    "FILE.docx, .xlsx, .html or .md.": "TỆP.docx, .xlsx, .html hoặc .md.",
    "What stories stand under.": "Các bài xếp dưới đầu mục nào.",
    "The heading instead of the usual one.": "Tên báo cáo, thay cho tên thường dùng.",
    "The office that hands it in: heads the page.": "Cơ quan lập báo cáo: đứng đầu trang.",
    "Its language.": "Ngôn ngữ của báo cáo.",
    "Count the 63 provinces before July 2025 instead of the 34 of today.": (
        "Đếm 63 tỉnh trước 7/2025 thay cho 34 tỉnh nay."
    ),
    "The 63 provinces before July 2025 instead of the 34 of today.": "63 tỉnh trước 7/2025 thay cho 34 tỉnh nay.",
    "The index directory, or http://HOST:9200,http://HOST:9200/NAME on an OpenSearch cluster.": (
        "Thư mục chỉ mục, hoặc http://HOST:9200,http://HOST:9200/NAME trên một cụm OpenSearch."
    ),
    "The engine of a new index.": "Bộ máy của chỉ mục mới.",
    "Processes that read and analyse.": "Số tiến trình đọc và phân tích.",
    "Processes that answer.": "Số tiến trình trả lời.",
    "Stay, and index what is new or changed, until Ctrl-C.": "Ở lại, đọc cái mới hoặc đã đổi, cho đến Ctrl-C.",
    "The same, with so long between two looks.": "Như trên, cách nhau bấy nhiêu giữa hai lần xem.",
    "Index also what looks like no story: lists, front pages.": (
        "Đọc cả trang không giống bài báo: danh mục, trang chủ."
    ),
    "Print nothing but errors.": "Chỉ in lỗi.",
    "One JSON object an article, one a line.": "Mỗi bài một đối tượng JSON, mỗi dòng một bài.",
    "Show what each line was taken for, how surely and why.": "Mỗi dòng được coi là gì, chắc đến đâu và vì sao.",
    "Every province and country, not only those with most stories.": "Mọi tỉnh và nước, không chỉ nơi nhiều bài.",
    "The whole table for a spreadsheet.": "Cả bảng cho bảng tính.",
    "The whole table as one JSON object.": "Cả bảng thành một đối tượng JSON.",
    "The article is about this province or country; repeatable.": "Bài nói về tỉnh hay nước này; lặp lại được.",
    "The article is not about it; repeatable.": "Bài không nói về nơi này; lặp lại được.",
    "Write all corrections into FILE, one JSON object a line.": "Ghi mọi chỗ sửa vào TỆP, mỗi dòng một đối tượng JSON.",
    "Take over the corrections in FILE.": "Nhận các chỗ sửa trong TỆP.",
    "In the place of the index that is there, which is then gone.": "Thay chỗ chỉ mục đang có, chỉ mục ấy sẽ mất.",
    "First forget what was said of this article before.": "Trước hết quên những gì đã sửa ở bài này.",
    "Address to listen on.": "Địa chỉ lắng nghe.",
    "Articles, taken at random, to analyse anew and compare in full.": "Số bài lấy ngẫu nhiên để so kỹ.",
    "Compare every article: 0.1 to 0.2 s of work for each.": "So mọi bài: mỗi bài 0,1 đến 0,2 giây.",
    "No progress; the findings only.": "Không in tiến độ; chỉ những gì tìm thấy.",
    "As one JSON object, every site with its count.": "Thành một đối tượng JSON, mỗi báo một số.",
    "[default: 8017; 0 takes a free one]": "[mặc định: 8017; 0 thì lấy cổng còn trống]",
    "Only count anew what ranking knows.": "Chỉ đếm lại những gì dùng để xếp hạng.",
    "It was published then: 8/2/2023, 2/2023, 2023, 2023-02-08T09:58, or none.": (
        "Bài đăng ngày ấy: 8/2/2023, 2/2023, 2023, 2023-02-08T09:58, hoặc none."
    ),
    "Why, for the history.": "Vì sao, để ghi lại.",
    "Take back the newest change of this article.": "Hoàn tác lần sửa mới nhất của bài.",
    "Let who knows the secret in TIMBAO_EDITOR_SECRET correct dates and places.": (
        "Cho ai biết mật khẩu ở TIMBAO_EDITOR_SECRET sửa ngày và nơi."
    ),
    "Take so many stories, repeated if need be.": "Lấy bấy nhiêu bài, lặp lại nếu thiếu.",
    "Only these: plain, whoosh, tantivy, opensearch, fts5, bare-tantivy.": (
        "Chỉ những bộ máy này: plain, whoosh, tantivy, opensearch, fts5, bare-tantivy."
    ),
    "Measure on the OpenSearch cluster at these addresses, too.": "Đo cả trên cụm OpenSearch ở những địa chỉ này.",
    "Index with so many workers, too.": "Lập chỉ mục cả với bấy nhiêu tiến trình.",
    "Take medians of so many.": "Lấy trung vị của bấy nhiêu vòng.",
    "Asked in each round.": "Số câu tìm mỗi vòng.",
    "The web app under load instead: requests a second, p50, p95.": (
        "Trang tìm khi đông người: số yêu cầu mỗi giây, p50, p95."
    ),
    "All raw figures as one JSON object.": "Mọi số đo thành một đối tượng JSON.",
}
"""Help of options, and of commands by their name."""

COMMANDS = {
    "Search a folder of saved Vietnamese news pages.": """Tìm trong một thư mục trang báo đã lưu.

\b
timbao demo                              thử với các trang mẫu
timbao index ~/saved-pages               đọc một thư mục vào ./timbao-index
timbao search "hợp tác" --country han-quoc
timbao report --period "quý trước" -o bao-cao.docx
timbao serve                             như vậy trong trình duyệt

Mã thoát: 0 xong, 1 không tìm thấy hoặc có trang không đọc được, 2 dùng sai, 3 chưa có chỉ mục hoặc chỉ mục cũ, 4 máy
từ chối (đĩa, mạng, màn hình).""",
    "Find articles. QUERY as - reads one query a line.": """Tìm bài. QUERY là - thì đọc mỗi dòng một câu tìm.

\b
Cần đủ các từ.   "đúng cụm từ"   -không   a OR b   (...)   hợp*
title:x  site:x  province:thanh-hoa  country:han-quoc  date:2023-01..2023-06
P và C là mã hoặc tên viết cách nào cũng được: thanh-hoa, "Thanh Hoá", han-quoc, Korea, KR.

\b
Hoàn tất bằng phím Tab (zsh_source, fish_source cho các shell ấy):
eval "$(_TIMBAO_COMPLETE=bash_source timbao)\"""",
    "Write the stories of a query as a report: what was asked, the list, counts by month and place.": (
        """Ghi các bài của một câu tìm thành báo cáo: hỏi gì, danh sách, số bài theo tháng và nơi.

\b
timbao report "thanh hóa" --country han-quoc --period "quý trước" -o bao-cao.docx
timbao report --province thanh-hoa --since 25/11/2026 -o tin.html || echo không có gì mới

Mã thoát là 1, và không ghi tệp nào, khi không có gì để báo cáo: cron chỉ gửi khi có. --since tính theo ngày đăng: bài
năm ngoái mà hôm nay mới đọc vào thì không phải là mới."""
    ),
    "Read saved pages into the index: what is new or changed, nothing twice.": (
        """Đọc các trang đã lưu vào chỉ mục: cái mới hoặc đã đổi, không gì hai lần.

PATH là tệp hoặc thư mục .html, .mhtml, .txt, .jsonl, .warc (cả .gz). Cuối cùng có bản kê; mã thoát là 1 khi có trang
không đọc được hoặc không tìm thấy gì.

Với --watch, tệp đã đổi được đọc khi nó yên. Bài của tệp bị xóa vẫn ở lại: timbao remove TỆP để quên."""
    ),
    "Serve the search page until Ctrl-C.": """Mở trang tìm cho đến khi bấm Ctrl-C.

Lần lập chỉ mục nào ghi xong thì tìm thấy ngay. SIGHUP khởi động lại từng tiến trình, không gián đoạn.

Với --editor, ngày và nơi được sửa từ trang của bài, trên chính máy này hoặc sau một máy chủ chuyển tiếp có TLS: xem
docs/deploy.md.""",
    "Copy the index into a new folder DEST, while it is searched, written or rebuilt.": (
        """Sao chỉ mục vào thư mục mới DEST, cả khi đang tìm, đang đọc thêm hay đang làm lại.

Bản sao trọn vẹn như ở một thời điểm, mỗi tệp có một mã kiểm. Nó cũng là một chỉ mục: timbao search --index DEST xem
được bên trong; timbao restore đưa nó về chỗ cũ. DEST đã có thì bị từ chối."""
    ),
    "Put the backup SRC in the place of the index, of which there must be none yet.": (
        """Đưa bản sao lưu SRC vào chỗ của chỉ mục, khi ở đó chưa có chỉ mục nào.

Trước hết mọi tệp được so với mã kiểm: bản đã đổi hay bị cắt bị từ chối và chưa có gì bị đổi. Máy chủ đang chạy tự nhận
chỉ mục mới."""
    ),
    "Index the sample pages into a temporary folder and serve them.": (
        """Lập chỉ mục các trang mẫu trong một thư mục tạm rồi mở trang tìm.

Các trang là bịa và ghi rõ là mẫu; xong thì không để lại gì."""
    ),
    "Show what would be indexed, in the order of the input. Nothing is stored.": (
        """Xem những gì sẽ được lập chỉ mục, theo thứ tự đầu vào. Không lưu gì.

Với --json, nguồn không cho bài nào in {"source", "error"} ở chỗ của nó."""
    ),
    "Say why an article was dated, tagged and cut as it was and, with a QUERY, what in it matches.": (
        "Vì sao bài được đề ngày, gắn nơi, cắt như vậy và, khi có QUERY, chỗ nào trong bài khớp."
    ),
    "Remove articles by id, or all that was read from a file or folder. The pages themselves are not touched.": (
        "Quên các bài theo mã, hoặc mọi bài đọc từ một tệp hay thư mục. Chính các trang thì không bị động tới."
    ),
    "Make the index again without the pages; searching goes on meanwhile.": (
        """Làm lại chỉ mục mà không cần các trang; trong lúc ấy vẫn tìm được.

Từ kho của máy này; chỉ mục trên cụm thì từ chính các bài của nó, máy nào đọc cũng vậy."""
    ),
    "Compare what is searched with the catalogue: nothing missing, stale, doubled or damaged.": (
        """So những gì tìm được với kho: không thiếu, cũ, trùng hay hỏng.

Mã của mọi bài được so, và của một mẫu cả chữ, nơi và ngày. Mỗi điều tìm thấy có kèm lệnh để sửa. Không gì bị đổi; vẫn
tìm được, chỉ việc lập chỉ mục phải đợi. Mã thoát là 1 khi tìm thấy gì, 3 khi chưa có chỉ mục hoặc chỉ mục khác phiên
bản."""
    ),
    "Measure timbao beside the plain way (get_text, pyvi, Whoosh), SQLite FTS5 and bare tantivy.": (
        """Đo timbao bên cạnh cách làm thường (get_text, pyvi, Whoosh), SQLite FTS5 và tantivy trần.

Với --http, một máy chủ riêng (--workers tiến trình, bộ máy đầu tiên của timbao trong --engines) được 1, 8 và 32 kết nối
hỏi, cả trong khi đang lập chỉ mục.

PATH như của `timbao index`; không có thì các trang mẫu được lặp thành 500 bài. Mọi thứ được làm trong thư mục tạm
($TMPDIR) rồi xóa. Chỉ mục đã có không bị động tới."""
    ),
    "Correct the places an article is about and its date, and print them with what was changed so far.": (
        """Sửa các nơi mà một bài nói về và ngày của bài, và in ra cùng những gì đã sửa.

Chỗ sửa có hiệu lực ngay và còn mãi: qua đọc lại, làm lại, và khi bài bị quên rồi trở lại. P là mã hoặc tên viết cách
nào cũng được: KR, han-quoc, "Thanh Hoá", vn63:30. --export và --import đem mọi chỗ sửa sang chỉ mục khác hay phiên bản
khác."""
    ),
    "Print a stored article.": "In một bài đã lưu.",
    "Count what the index holds.": "Đếm những gì chỉ mục có.",
    "Count the stories about each province together with each country.": "Đếm bài nói về mỗi tỉnh cùng với mỗi nước.",
}
"""The help of a command by the first line of the English one."""
