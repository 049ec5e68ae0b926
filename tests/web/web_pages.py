"""Three invented pages for tests of the web over a real index."""

PAGES = (
    {
        "url": "https://bao.example/thanh-hoa-seongnam.html",
        "title": "Thanh Hóa và thành phố Seongnam bàn hợp tác",
        "lead": "Lãnh đạo tỉnh Thanh Hóa tiếp đoàn đại biểu thành phố Seongnam, Hàn Quốc.",
        "body": ["Tỉnh Thanh Hóa muốn hợp tác với Hàn Quốc trong đào tạo nghề."],
        "published": "2023-03-02T21:15",
    },
    {
        "url": "https://bao.example/hai-duong-suwon.html",
        "title": "Hải Dương đón đoàn Suwon",
        "lead": "Tỉnh Hải Dương và thành phố Suwon, Hàn Quốc, kết nghĩa đã hai mươi năm.",
        "body": ["Hai bên thống nhất hợp tác trong văn hóa và thể thao tại Hải Dương."],
        "published": "2023-02-08",
    },
    {
        "url": "https://bao.example/nghe-an-lao.html",
        "title": "Nghệ An mở lớp học tiếng Lào",
        "lead": "Lớp học ở thành phố Vinh, tỉnh Nghệ An, do giáo viên từ Lào đứng lớp.",
        "body": ["Học viên Nghệ An học miễn phí ba buổi mỗi tuần."],
    },
)
