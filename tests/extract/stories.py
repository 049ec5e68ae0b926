"""Invented stories for the tests of extraction: one to be found, and others on the same matter to be left out."""

from compose import Story

STORY = Story(
    title="Xã Bến Tràm đưa vào dùng cây cầu gỗ lim dài nhất vùng ven sông Mạ",
    lead=(
        "Sau mười bốn tháng thi công, cây cầu gỗ lim dài 86 mét nối hai bờ sông Mạ ở xã Bến Tràm đã cho "
        "người dân đi bộ và xe đạp qua lại từ sáng nay, thay cho chuyến đò ngang đã có từ ba đời."
    ),
    body=(
        "Cây cầu do tổ thợ mộc làng Vạn Lim dựng, gồm mười một nhịp, mỗi nhịp dài gần tám mét, đặt trên "
        "trụ đá ong. Theo ông Đàm Quang Vĩ, tổ trưởng tổ thợ, toàn bộ gỗ lim được lấy từ khung nhà cũ "
        "của bảy mươi hộ dân tự nguyện góp.",
        "Trước đây, học sinh bên kia sông Mạ phải dậy từ bốn giờ rưỡi để kịp chuyến đò đầu tiên. Mùa lũ, "
        "đò nghỉ có khi nửa tháng, cả xã Bến Tràm bị chia làm hai nửa không qua lại được với nhau.",
        "Bà Lữ Thị Hạnh Nguyên, chủ tịch xã, cho biết cây cầu tốn 2,3 tỷ đồng, trong đó người dân góp "
        "công trị giá gần một phần ba. Xã đã lập đội trông cầu gồm chín người, thay phiên nhau đo mực "
        "nước và gõ kiểm từng thanh gỗ lim mỗi tuần.",
        "“Tôi chèo đò ở bến này ba mươi hai năm, hôm nay là ngày đầu tiên tôi đi bộ qua sông”, ông lái "
        "đò Kha Văn Bốn nói, rồi cười. Con đò của ông sẽ được treo trong nhà truyền thống của làng Vạn "
        "Lim.",
        "Kỹ sư Ngô Bá Khải, người tính kết cấu, lưu ý cầu gỗ chỉ chịu được tải trọng hai tấn nên xe máy "
        "phải dắt bộ, ô tô vẫn đi vòng qua đập Khe Sến. Từ năm sau, xã sẽ quét dầu chai hai lần một năm "
        "để gỗ lim khỏi nứt.",
        "Trong buổi khánh thành, trẻ con hai bờ sông Mạ thi thả diều ngay trên mặt cầu. Các cụ già thì "
        "mang trầu đến mời nhau, điều mà theo lời họ, trước kia mỗi năm chỉ làm được một lần vào ngày "
        "hội đò.",
    ),
)

# (title, summary) of other stories from the same invented district.
OTHERS = [
    (
        "Xã Bến Tràm mở lớp dạy bơi miễn phí cho trẻ em hai bờ sông Mạ",
        "Lớp học đặt tại bến đò cũ, nhận ba mươi em mỗi khóa, do các thầy giáo trường làng đứng lớp vào chiều thứ bảy.",
    ),
    (
        "Làng Vạn Lim giữ nghề đục gỗ giữa thời máy cắt laser",
        "Cả làng còn mười bảy thợ biết đục tay hoa văn vảy rồng, người trẻ nhất vừa tròn hai mươi ba tuổi.",
    ),
    (
        "Đập Khe Sến xả nước đón vụ cấy sớm, ba xã hạ lưu đủ nước tưới",
        "Sáng 4/2, trạm quản lý đập Khe Sến mở hai cửa xả trong sáu giờ, cấp nước cho gần bốn trăm héc-ta lúa xuân.",
    ),
    (
        "Chợ phiên Cồn Giá chuyển giờ họp sang buổi chiều để tránh nắng",
        "Ban quản lý chợ nói việc đổi giờ giúp người bán rau từ bãi bồi kịp rửa hàng trước khi mang ra sạp.",
    ),
    (
        "Bảy hộ nuôi cá lồng ở vịnh Hàn Thuyền thử dùng phao tre thay phao nhựa",
        "Phao tre rẻ hơn một nửa, sau mùa bão có thể tháo ra làm giàn bầu, nhưng mỗi năm phải ngâm bùn hai lần.",
    ),
    (
        "Thư viện thuyền cập bến thứ mười hai, cho mượn sách đến hết mùa nước nổi",
        "Con thuyền chở bốn nghìn cuốn sách, do hai vợ chồng giáo viên về hưu tự đóng, ghé mỗi bến ba ngày.",
    ),
    (
        "Đội bóng chuyền nữ Cồn Giá thắng ngược trong trận chung kết huyện",
        "Bị dẫn hai ván, các cô gái Cồn Giá gỡ lại nhờ hàng chắn giữa và những quả phát bóng khó chịu của đội trưởng.",
    ),
    (
        "Trạm y tế xã Lũng Vài có máy siêu âm đầu tiên do hội đồng hương tặng",
        "Chiếc máy giúp thai phụ vùng cao không phải đi bốn mươi cây số xuống huyện mỗi lần khám định kỳ.",
    ),
    (
        "Người trồng hoa cúc chi ở bãi Soi được mùa nhưng lo đầu ra",
        "Giá hoa khô giảm còn một phần ba so với năm ngoái khi hai xưởng trà trong vùng ngừng mua.",
    ),
    (
        "Hội thi gói bánh tẻ làng Thượng Đồi có đội toàn đàn ông",
        "Đội gồm năm bác xe ôm và một thầy giáo dạy toán, về nhì nhờ những chiếc bánh vuông như cắt bằng thước.",
    ),
    (
        "Tàu đo gió ngoài khơi Hòn Mõ kết thúc chuyến khảo sát dài tám tháng",
        "Số liệu về sức gió ở độ cao một trăm mét sẽ được công bố cho các trường đại học dùng chung.",
    ),
    (
        "Lớp học chữ của bà giáo Tư Lụa tròn hai mươi năm trong hẻm nhỏ",
        "Bà giáo tám mươi tuổi vẫn dạy sáu buổi một tuần, học trò lớn nhất năm nay đã sáu mươi tám.",
    ),
]

STORIES = [STORY]
