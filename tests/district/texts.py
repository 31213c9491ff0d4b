"""What the units of the made-up district write; figures are named, so they agree."""

from __future__ import annotations

from collections.abc import Mapping

from tests.district.units import DISTRICT, DistrictUnit

_PREFACE = (
    "本报告由{name}按照《中华人民共和国政府信息公开条例》编制。"
    "数据统计期限为{{{{ 年 }}}}年1月1日至12月31日。"
    "对本报告有疑问的，请与{name}联系。"
)
_PROACTIVE = {
    "部门": "围绕群众常问的事项发布信息，办事指南随政策调整同步更新，重要文件附解读。",
    "街道": "社区公告栏与网上专栏同步更新，低保、优抚、物业管理等内容按月公开。",
    "乡镇": "村务公开栏与网上专栏同步更新，惠农补贴发放前后各公示一次。",
    "事业单位": "服务项目、收费依据和预约方式全部上网，变动当日更新。",
    "开发区": "招商政策、规划调整和环境评价意见集中公开，企业可按行业查阅。",
}
_OTHERS = "政府和部门文件统一编目，废止的文件保留原文并作标注。"
_REQUESTS = (
    "全年新收政府信息公开申请{{ 三.新收.总计 }}件，上年结转{{ 三.上年结转.总计 }}件，"
    "办结{{ 三.办结.总计 }}件，结转下年度{{ 三.结转下年.总计 }}件。"
    "收到申请当日登记，需要补正的先电话说明。"
)
_NO_REQUESTS = "畅通信函、网上和当面三种渠道，全年未收到政府信息公开申请。"
_MANAGEMENT = "拟文时确定公开属性，发布前逐条作保密审查，每季度清理一次过期内容。"
_PLATFORM = "在区政府门户网站设有公开专栏，查阅点配有终端和纸质目录，由专人维护。"
_SUPERVISION = "公开工作列入年度考核，听取群众评议意见，开展业务培训，未发生需要追究责任的情形。"
_PROBLEMS = (
    "存在的问题：一是解读形式偏少，图表不多；二是个别栏目更新不够及时。"
    "改进措施：一是重要政策配发问答和流程图；二是建立栏目更新提醒，逾期的由办公室督办。"
)
_FEES = "{{ 年 }}年度未收取政府信息公开信息处理费。没有其他需要报告的事项。"


def narrative(unit: DistrictUnit, *, applications: bool) -> Mapping[str, str]:
    """The parts of a unit's text.

    Args:
        unit: who writes.
        applications: whether it had any, new or carried in.
    """
    aspects = (
        ("主动公开", f"{_PROACTIVE.get(unit.kind, _OTHERS)}全年发布信息{_posts(unit)}条。"),
        ("依申请公开", _REQUESTS if applications else _NO_REQUESTS),
        ("政府信息管理", _MANAGEMENT),
        ("政府信息公开平台建设", _PLATFORM),
        ("监督保障", _SUPERVISION if unit.name != DISTRICT else f"工作考核方面，{_SUPERVISION}"),
    )
    overview = "\n\n".join(
        f"（{number}）{head}\n\n{text}"
        for number, (head, text) in zip("一二三四五", aspects, strict=True)
    )
    preface = _PREFACE.format(name=unit.name)
    return {"preface": preface, "overview": overview, "problems": _PROBLEMS, "other": _FEES}


def _posts(unit: DistrictUnit) -> int:
    """How much it published; every unit another number."""
    return 60 + 13 * int(unit.code)
