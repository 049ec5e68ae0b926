"""Invented stories of a small index, as lines of JSON hold them."""

STORIES = [
    {
        "url": "https://bao.example/thanh-hoa-seongnam",
        "title": "Thanh Hóa và Seongnam bàn hợp tác công nghệ",
        "lead": "Đoàn công tác tỉnh Thanh Hoá làm việc với Hội đồng thành phố Seongnam, Hàn Quốc.",
        "body": [
            "Hai bên bàn về hợp tác công nghệ và đào tạo, ngành y tế dự kiến cử 70% số bác sĩ trẻ đi học.",
            "Lãnh đạo UBND tỉnh Thanh Hoá mời đoàn Hàn Quốc sang thăm tỉnh vào năm sau.",
        ],
        "published": "2023-05-10T08:00",
    },
    {
        "url": "https://bao.example/hai-duong-suwon",
        "title": "Hải Dương mở rộng hợp tác với Suwon (Hàn Quốc)",
        "lead": "Chiều 7/2, tại tỉnh Hải Dương, lãnh đạo tỉnh tiếp đoàn thành phố Suwon, Hàn Quốc.",
        "body": ["Tỉnh Hải Dương mong muốn mở rộng đầu tư và hợp tác với Suwon, không đi qua Seoul."],
        "published": "2023-02-08",
    },
    {
        "url": "https://bao.example/hai-phong-cang",
        "title": "Hải Phòng nạo vét luồng cảng trước mùa mưa",
        "lead": "Thành phố Hải Phòng bắt đầu nạo vét luồng vào cảng từ tuần này.",
        "body": ["Ủy ban nhân dân thành phố Hải Phòng cho biết việc nạo vét kéo dài hai tháng."],
        "published": "2022-06-01",
    },
    {
        "url": "https://bao.example/ha-noi-seoul",
        "title": "Hà Nội ký thỏa thuận hợp tác với Seoul",
        "lead": "Lãnh đạo thành phố Hà Nội và Seoul, Hàn Quốc ký thỏa thuận hợp tác ba năm.",
        "body": ["Thành phố Hà Nội và Seoul sẽ hợp tác về giao thông. Chị Nguyễn Thị Tác dự lễ ký."],
        "published": "2024-01-05",
    },
    {
        "url": "https://bao.example/khong-ngay",
        "title": "Nông dân Đồng Tháp được mùa xoài",
        "lead": "Vụ này nông dân tỉnh Đồng Tháp được mùa, được giá.",
        "body": ["Xoài Đồng Tháp bán giá 30.000 đồng một ký, đầu tư cho vườn cây đã có lãi."],
    },
]

VISIT = {
    "url": "https://bao.example/thanh-hoa-seongnam",
    "title": "Thanh Hóa và Seongnam bàn hợp tác",
    "lead": "Tỉnh Thanh Hóa làm việc với thành phố Seongnam, Hàn Quốc.",
    "body": ["Đoàn Thanh Hóa thăm Hàn Quốc. Một đoàn từ Nhật Bản cũng có mặt."],
    "published": "2023-03-02",
}
"""A story about one province and one country that editors correct."""
