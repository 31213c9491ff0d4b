"""Both editions of the form, as `templates/<edition>/form.yaml` declare them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from gk_xlsx.form import FieldKind, Form
from gk_xlsx.form.model import FIGURE
from gk_xlsx.resources import EDITIONS, form, form_for_year, template

ROWS_2021 = [
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "（一）予以公开",
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    "1.属于国家秘密",
    "2.其他法律行政法规禁止公开",
    "3.危及“三安全一稳定”",
    "4.保护第三方合法权益",
    "5.属于三类内部事务信息",
    "6.属于四类过程性信息",
    "7.属于行政执法案卷",
    "8.属于行政查询事项",
    "1.本机关不掌握相关政府信息",
    "2.没有现成信息需要另行制作",
    "3.补正后申请内容仍不明确",
    "1.信访举报投诉类申请",
    "2.重复申请",
    "3.要求提供公开出版物",
    "4.无正当理由大量反复申请",
    "5.要求行政机关确认或重新出具已获取信息",
    "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "3.其他",
    "（七）总计",
    "四、结转下年度继续办理",
]
"""Source: FORM.md 3, the format of 国办公开办函〔2021〕30号."""

COLUMNS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]

COUNTS = {
    "2021": {"AR01": 25, "AR02": 7, "AR03": 7, "AR04": 3, "YR01": 7, "YR02": 2, "RO06": 200},
    "2019": {"AR01": 23, "AR02": 7, "AR03": 7, "AR04": 3, "YR01": 7, "YR02": 0, "RO06": 198},
}


@pytest.fixture(params=EDITIONS)
def edition(request: pytest.FixtureRequest) -> Form:
    return form(request.param)


def test_an_edition_has_its_number_of_values() -> None:
    assert {name: len(form(name).fields) for name in EDITIONS} == {"2021": 200, "2019": 198}


def test_a_table_has_its_number_of_values() -> None:
    counted = {
        name: [len(table.fields) for table in form(name).tables] for name in ("2021", "2019")
    }
    assert counted == {"2021": [10, 175, 15], "2019": [22, 161, 15]}


def test_a_person_fills_in_166_of_them(edition: Form) -> None:
    assert len(edition.inputs) == 166


def test_every_id_of_the_real_reports_is_a_field(reports: Path) -> None:
    for path in sorted(reports.glob("*.json")):
        document = json.loads(path.read_text("utf-8"))
        assert set(document["values"]) <= set(form(document["edition"]).fields), path.name


def test_every_field_stands_in_some_real_report(reports: Path) -> None:
    seen: dict[str, set[str]] = {name: set() for name in EDITIONS}
    for path in reports.glob("*.json"):
        document = json.loads(path.read_text("utf-8"))
        seen[document["edition"]] |= set(document["values"])
    assert seen == {name: set(form(name).fields) for name in EDITIONS}


@pytest.mark.parametrize(
    ("name", "code", "count"),
    [(name, code, count) for name, counts in COUNTS.items() for code, count in counts.items()],
)
def test_a_relation_has_its_number_of_instances(name: str, code: str, count: int) -> None:
    assert len(form(name).instances(code)) == count


def test_there_are_no_other_relations(edition: Form) -> None:
    assert {relation.code for relation in edition.relations} <= set(COUNTS["2021"])


def test_row_labels_of_the_requests_stand_as_printed() -> None:
    assert [row.label[-1] for row in form("2021").table("requests").rows] == ROWS_2021


def test_the_edition_of_2019_prints_other_handling_as_one_row() -> None:
    labels = [row.label[-1] for row in form("2019").table("requests").rows]
    assert labels == [*ROWS_2021[:20], "（六）其他处理", *ROWS_2021[23:]]


def test_group_labels_of_the_requests_stand_around_their_rows() -> None:
    groups = [row.label[1] for row in form("2021").table("requests").rows if len(row.label) == 3]
    assert [(name, groups.count(name)) for name in dict.fromkeys(groups)] == [
        ("（三）不予公开", 8),
        ("（四）无法提供", 3),
        ("（五）不予处理", 5),
        ("（六）其他处理", 3),
    ]


def test_column_heads_of_the_requests_stand_as_printed(edition: Form) -> None:
    columns = edition.table("requests").columns
    assert [column.label[-1] for column in columns] == COLUMNS
    assert {column.label[1] for column in columns[1:6]} == {"法人或其他组织"}
    assert {column.label[0] for column in columns} == {"申请人情况"}


def test_the_corner_says_what_must_be_equal(edition: Form) -> None:
    (block,) = edition.table("requests").blocks
    assert block.corner == "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"


def test_the_disputes_print_three_times_five_outcomes(edition: Form) -> None:
    columns = edition.table("disputes").columns
    assert [column.label[-1] for column in columns] == OUTCOMES * 3
    assert [column.label[:-1] for column in columns[::5]] == [
        ("行政复议",),
        ("行政诉讼", "未经复议直接起诉"),
        ("行政诉讼", "复议后起诉"),
    ]


def test_the_proactive_table_of_2021_stands_as_printed() -> None:
    blocks = form("2021").table("proactive").blocks
    assert [
        (b.title, b.corner, [c.label[-1] for c in b.columns], [r.label[-1] for r in b.rows])
        for b in blocks
    ] == [
        (
            "第二十条第（一）项",
            "信息内容",
            ["本年制发件数", "本年废止件数", "现行有效件数"],
            ["规章", "行政规范性文件"],
        ),
        ("第二十条第（五）项", "信息内容", ["本年处理决定数量"], ["行政许可"]),
        ("第二十条第（六）项", "信息内容", ["本年处理决定数量"], ["行政处罚", "行政强制"]),
        ("第二十条第（八）项", "信息内容", ["本年收费金额（单位：万元）"], ["行政事业性收费"]),
    ]


def test_the_proactive_table_of_2019_stands_as_printed() -> None:
    items = ["上一年项目数量", "本年增/减", "处理决定数量"]
    blocks = form("2019").table("proactive").blocks
    assert [
        (b.title, [c.label[-1] for c in b.columns], [r.label[-1] for r in b.rows]) for b in blocks
    ] == [
        (
            "第二十条第（一）项",
            ["本年新制作数量", "本年新公开数量", "对外公开总数量"],
            ["规章", "规范性文件"],
        ),
        ("第二十条第（五）项", items, ["行政许可", "其他对外管理服务事项"]),
        ("第二十条第（六）项", items, ["行政处罚", "行政强制"]),
        ("第二十条第（八）项", items[:2], ["行政事业性收费"]),
        ("第二十条第（九）项", ["采购项目数量", "采购总金额"], ["政府集中采购"]),
    ]


def test_amounts_are_money_and_changes_are_signed() -> None:
    kinds = {
        field.id: field.kind
        for name in EDITIONS
        for field in form(name)
        if field.kind is not FieldKind.COUNT
    }
    signed = ("licences", "other_services", "penalties", "coercive_measures", "fees")
    assert kinds == {
        "proactive.fees.amount": FieldKind.MONEY,
        "proactive.procurement.amount": FieldKind.MONEY_WITH_UNIT,
        **{f"proactive.{row}.change": FieldKind.SIGNED for row in signed},
    }


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("三.新收.总计", ["requests.new.total"]),
        ("三.办结.自然人", ["requests.concluded.natural_person"]),
        ("三.结转下年.其他", ["requests.carried_out.other"]),
        ("三.不予公开.三安全一稳定.商业企业", ["requests.refused.security_stability.company"]),
        ("三.其他处理.其他.其他", ["requests.other_handling.other.other"]),
        ("二.规章.制发", ["proactive.regulations.issued"]),
        ("二.规范性文件.现行有效", ["proactive.normative_documents.in_force"]),
        ("二.收费", ["proactive.fees.amount"]),
        ("四.复议.未审结", ["disputes.review.pending"]),
        ("四.诉讼.总计", ["disputes.direct.total", "disputes.after_review.total"]),
        (
            "三.无法提供.合计.总计",
            [
                "requests.unavailable.not_held.total",
                "requests.unavailable.to_be_made.total",
                "requests.unavailable.unclear.total",
            ],
        ),
        (
            "三.新收.法人",
            [
                f"requests.new.{column}"
                for column in ("company", "research", "social", "legal_service", "other")
            ],
        ),
    ],
)
def test_a_short_name_means_its_cells(name: str, ids: list[str]) -> None:
    assert list(form("2021").names[name]) == ids


def test_every_short_name_means_fields_of_the_form(edition: Form) -> None:
    assert {field_id for ids in edition.names.values() for field_id in ids} == set(edition.fields)


def test_other_handling_of_2019_is_a_row_and_its_own_group() -> None:
    names = form("2019").names
    assert names["三.其他处理.总计"] == names["三.其他处理.合计.总计"]


def test_ready_sentences_name_figures_that_exist(edition: Form) -> None:
    named = {name for sentence in edition.sentences for name in FIGURE.findall(sentence)}
    assert named - {"年", "单位"} <= set(edition.names)


def test_every_computed_field_has_inputs_below_it(edition: Form) -> None:
    totals = {key for key in edition.computed if key.endswith(".total")}
    others = set(edition.computed) - totals
    assert {key.rpartition(".")[0] for key in others} == {"requests.concluded"}


def test_numbered_sections_stand_in_their_order(edition: Form) -> None:
    assert "".join(section.heading[0] for section in edition.sections) == "一二三四五六"
    assert [edition.section(table.key).table for table in edition.tables] == [
        table.key for table in edition.tables
    ]


def test_the_year_decides_the_edition() -> None:
    found = {year: form_for_year(year) for year in (2018, 2019, 2020, 2021, 2030)}
    assert {year: item and item.edition for year, item in found.items()} == {
        2018: None,
        2019: "2019",
        2020: "2019",
        2021: "2021",
        2030: "2021",
    }


def test_an_edition_that_does_not_exist_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="2018"):
        form("2018")


def test_labels_hold_no_straight_quotes_and_no_half_width_brackets(edition: Form) -> None:
    labels = "".join(
        label for field in edition for label in (*field.row.label, *field.column.label)
    )
    assert not re.search(r"[\"'()]", labels)


def test_a_field_is_named_by_its_row_and_column() -> None:
    fields = form("2021").fields
    assert fields["requests.granted.social"].label == "（一）予以公开·社会公益组织"
    assert fields["disputes.direct.total"].label == "未经复议直接起诉·总计"
    assert form("2021").table_of("disputes.direct.total").key == "disputes"


def test_the_definition_lies_in_the_editions_folder(edition: Form) -> None:
    assert template(edition.edition, "form.yaml").is_file()
