"""What goes wrong, in Vietnamese, by what it is in English; ``{message}`` is a sentence of this table again.

The first that fits counts, so what is more particular stands first.
"""

from __future__ import annotations

ERRORS = {
    # click's (8.2 and later)
    "Error: {message}": "Lỗi: {message}",
    "Try '{command} {option}' for help.": "Gõ '{command} {option}' để xem trợ giúp.",
    "Invalid value for {param}: {message}": "Giá trị của {param} không hợp lệ: {message}",
    "Invalid value: {message}": "Giá trị không hợp lệ: {message}",
    "Missing argument {name}. {message}": "Thiếu tham số {name}. {message}",
    "Missing argument {name}.": "Thiếu tham số {name}.",
    "Missing option {name}. {message}": "Thiếu tùy chọn {name}. {message}",
    "Missing option {name}.": "Thiếu tùy chọn {name}.",
    "Missing command.": "Thiếu lệnh.",
    "No such option {name}. (Did you mean one of: {names}?)": "Không có tùy chọn {name}. (Ý bạn là: {names}?)",
    "No such option {name}. Did you mean {names}?": "Không có tùy chọn {name}. Ý bạn là {names}?",
    "No such option {name}.": "Không có tùy chọn {name}.",
    "No such option: {name} (Possible options: {names})": "Không có tùy chọn {name}. (Ý bạn là: {names}?)",
    "No such option: {name} Did you mean {names}?": "Không có tùy chọn {name}. Ý bạn là {names}?",
    "No such option: {name}": "Không có tùy chọn {name}.",
    "No such command {name}.": "Không có lệnh {name}.",
    "Got unexpected extra argument ({args})": "Thừa tham số ({args})",
    "Got unexpected extra arguments ({args})": "Thừa các tham số ({args})",
    "Option {name} does not take a value.": "Tùy chọn {name} không nhận giá trị.",
    "Option {name} requires an argument.": "Tùy chọn {name} cần một giá trị.",
    "Option {name} requires {count} arguments.": "Tùy chọn {name} cần {count} giá trị.",
    "{value} is not one of {choices}.": "{value} không phải là một trong {choices}.",
    "{value} is not in the range {range}.": "{value} nằm ngoài khoảng {range}.",
    "{value} is not a valid integer.": "{value} không phải là số nguyên.",
    "{value} is not a valid integer range.": "{value} không phải là số nguyên.",
    "{value} is not a valid float.": "{value} không phải là số.",
    "{value} is not a valid float range.": "{value} không phải là số.",
    "{value} is not {choice}.": "{value} không phải là {choice}.",
    "Path {path} does not exist.": "không có {path}.",
    "File {path} does not exist.": "không có tệp {path}.",
    "Directory {path} does not exist.": "không có thư mục {path}.",
    "Directory {path} is a file.": "{path} là một tệp, không phải thư mục.",
    "File {path} is a directory.": "{path} là một thư mục, không phải tệp.",
    "Path {path} is not readable.": "không đọc được {path}.",
    "{path}: No such file or directory": "không có {path}",
    "{path}: Permission denied": "không được phép mở {path}",
    "{path}: Is a directory": "{path} là một thư mục",
    # ours
    "{output}: a report is one of {endings}": "{output}: báo cáo là một trong {endings}",
    "cannot listen on {address}: {reason}": "không lắng nghe được ở {address}: {reason}",
    "no index at {place}; make one with: {command}": "không có chỉ mục ở {place}; tạo bằng lệnh: {command}",
    "another process is writing to {place}: wait until it is done": (
        "một tiến trình khác đang ghi vào {place}: hãy đợi nó xong"
    ),
    "no province or country is called {name}": "không có tỉnh hay nước nào tên {name}",
    "{name} may be {ids}: give the id": "{name} có thể là {ids}: hãy cho mã",
    "{name} is both added and dropped": "{name} vừa thêm vừa bỏ",
    "no date of publication: {typed}; write {ways} or none": "{typed} không phải ngày đăng; hãy viết {ways} hoặc none",
    "nothing to take back": "không có gì để hoàn tác",
    "--editor wants a secret of at least {count} characters in {places}; it is missing": (
        "--editor cần một mật khẩu ít nhất {count} ký tự ở {places}; chưa có"
    ),
    "--editor wants a secret of at least {count} characters in {places}; it has only {length} characters": (
        "--editor cần một mật khẩu ít nhất {count} ký tự ở {places}; nay chỉ có {length}"
    ),
    "--editor does not listen on {host} in the clear: listen on 127.0.0.1, or name in trusted_proxies the proxy that"
    " ends TLS and sends X-Forwarded-Proto: https": (
        "--editor không lắng nghe ở {host} khi không mã hóa: hãy dùng 127.0.0.1, hoặc ghi trong trusted_proxies máy chủ"
        " chuyển tiếp có TLS và gửi X-Forwarded-Proto: https"
    ),
}
