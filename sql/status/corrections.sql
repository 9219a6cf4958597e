-- grain: one row per row of the corrections file, those that no longer apply first
select
    state as "trạng thái",
    form as "biểu",
    unit_code as "đơn vị",
    period as "kỳ",
    year::text as "năm",
    sheet as "trang",
    cell as "ô",
    guard as "phải đang ghi",
    seen as "đang ghi",
    value as "sửa thành",
    case problem
        when 'superseded'
            then 'đơn vị đã gửi bản mới, ô này không còn như trước: bỏ dòng đính chính'
            || ' / filed again, the cell has changed: remove the row'
        when 'differs'
            then 'ô không ghi như dòng đính chính nêu: xem lại hoặc bỏ dòng'
            || ' / the cell holds something else: mend or remove the row'
        when 'no_figure'
            then 'ô này không có số liệu: xem lại trang và ô'
            || ' / the cell holds no figure: mend sheet and cell'
        when 'not_whole'
            then 'số hộ, số người phải là số nguyên: xem lại số đúng'
            || ' / households and persons are whole: mend the value'
        else ''
    end as "việc cần làm"
from ref.correction
order by state = 'failed' desc, state = 'waiting' desc, form, unit_code, year, period, sheet, cell
