"""青禾区: its roster, and what each unit's year was like. No such district exists."""

from __future__ import annotations

from dataclasses import dataclass

YEAR = 2025
DISTRICT = "青禾区人民政府"
OFFICE = "青禾区人民政府办公室"


@dataclass(frozen=True, slots=True)
class DistrictUnit:
    """A line of the roster.

    Attributes:
        busy: about how many applications it gets a year; 0 for the many who get none.
        acts: about how many licences and penalties it decides.
        last_names: what its reports of last year were called; empty for a new body.
    """

    code: str
    name: str
    parent: str
    kind: str
    busy: int = 0
    acts: int = 0
    scope: str = "本机关"
    counted: bool = True
    standing: str = "正常"
    aliases: str = ""
    last_names: tuple[str, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        """The names of last year's reports."""
        if self.standing == "新设":
            return ()
        return self.last_names or (self.name,)


def _department(code: str, name: str, busy: int = 0, acts: int = 0, **more: str) -> DistrictUnit:
    return DistrictUnit(code, f"青禾区{name}", DISTRICT, "部门", busy, acts, **more)  # type: ignore[arg-type] # texts only


def _place(code: str, name: str, kind: str, busy: int = 0) -> DistrictUnit:
    full = f"青禾区{name}街道办事处" if kind == "街道" else f"青禾区{name}镇人民政府"
    return DistrictUnit(code, full, DISTRICT, kind, busy, 0 if kind == "街道" else 12)


UNITS = (
    DistrictUnit("001", DISTRICT, "", "市辖区", 24, 0, scope="本级政府含办公室"),
    DistrictUnit("002", OFFICE, DISTRICT, "政府办公室", 9, 0, counted=False),
    _department("003", "发展和改革局", 6, 31, aliases="区发改局"),
    _department("004", "教育局", 12, 44, aliases="区教育局"),
    _department("005", "民政局", 3, 180, aliases="区民政局"),
    _department("006", "司法局", 2, 0, aliases="区司法局"),
    _department("007", "财政局", 4, 6, aliases="区财政局"),
    _department("008", "人力资源和社会保障局", 7, 96, aliases="区人社局"),
    _department("009", "住房和城乡建设局", 58, 412, aliases="区住建局"),
    _department("010", "交通运输局", 8, 233, aliases="区交通局"),
    _department("011", "农业农村局", 5, 61, aliases="区农业局"),
    _department("012", "卫生健康局", 10, 350, aliases="区卫健局"),
    _department("013", "市场监督管理局", 40, 5120, aliases="区市监局"),
    _department("014", "统计局", aliases="区统计局"),
    _department("015", "城市管理局", 21, 876, aliases="区城管局"),
    DistrictUnit(
        *("016", "青禾区数据局", DISTRICT, "部门"),
        standing="更名",
        aliases="青禾区大数据发展管理局",
        last_names=("青禾区大数据发展管理局",),
    ),
    DistrictUnit(
        *("017", "青禾区文化旅游局", DISTRICT, "部门", 3, 27),
        standing="更名",
        last_names=("青禾区文化局", "青禾区旅游局"),
    ),
    DistrictUnit("018", "青禾区旅游局", DISTRICT, "部门", standing="撤并"),
    DistrictUnit("019", "青禾区低空经济服务中心", DISTRICT, "事业单位", standing="新设"),
    _place("020", "南门", "街道", 5),
    _place("021", "北桥", "街道"),
    _place("022", "东市", "街道"),
    _place("023", "石塘", "乡镇", 7),
    _place("024", "杨湾", "乡镇"),
    _place("025", "柳溪", "乡镇", 2),
    DistrictUnit("026", "青禾区疾病预防控制中心", "青禾区卫生健康局", "事业单位", 1),
    DistrictUnit("027", "青禾区妇幼保健院", "青禾区卫生健康局", "事业单位"),
    DistrictUnit("028", "青禾区卫生监督所", "青禾区卫生健康局", "事业单位", 0, 88),
    DistrictUnit("029", "青禾区房屋征收中心", "青禾区住房和城乡建设局", "事业单位", 14),
    DistrictUnit("030", "青禾区园林绿化所", "青禾区住房和城乡建设局", "事业单位"),
    DistrictUnit(*("031", "青禾经济开发区管理委员会", DISTRICT, "开发区", 16, 140), counted=False),
)
"""Every line of 名册.xlsx, in its order."""
