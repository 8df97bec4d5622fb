"""Hierarchy files of any size for the measurements: the sample's own rules with a made-up tree below them."""

from pathlib import Path

SAMPLE = Path(__file__).resolve().parent.parent / "hierarchy.yaml"

_STREET = """tree:
  - id: s
    level: street
    name: 新华街道
    groups:
      - {id: s-staff, kind: staff, name: 街道工作群}
    staff:
      - {id: s-duty, name: 赵敏, role: 街道专员, groups: [s-staff], wechat: oDuty}
    children:
"""
_COMMUNITY = """      - id: c%(c)d
        level: community
        name: 第%(c)d社区
        groups:
          - {id: c%(c)d-staff, kind: staff, name: 第%(c)d社区工作群}
          - {id: c%(c)d-property, kind: property, name: 第%(c)d社区物业群}
        staff:
          - {id: c%(c)d-grid, name: 王芳, role: 网格员, groups: [c%(c)d-staff], wechat: oGrid%(c)d}
          - {id: c%(c)d-keeper, name: 李强, role: 物业经理, groups: [c%(c)d-property], wechat: oKeeper%(c)d}
        children:
"""
_REPEATED = """          - repeat: "1-%(count)d"
            id: c%(c)d-b{n}
            level: building
            name: "{n}号楼"
            groups:
              - {id: "c%(c)d-b{n}-residents", kind: residents, name: "{n}号楼居民群", scene: "%(c)d-{n}"}
"""
_WRITTEN = """          - id: c%(c)d-b%(n)d
            level: building
            name: %(n)d号楼
            groups:
              - {id: c%(c)d-b%(n)d-residents, kind: residents, name: %(n)d号楼居民群, scene: %(c)d-%(n)d}
"""


def repeated(communities: int, buildings: int) -> str:
    """A street whose every community names its buildings in one `repeat`."""
    parts = [_COMMUNITY % {"c": c} + _REPEATED % {"c": c, "count": buildings} for c in _numbers(communities)]
    return _rules() + _STREET + "".join(parts) + "...\n"


def written_out(communities: int, buildings: int) -> str:
    """The same street with every building in lines of its own."""
    parts = []
    for c in _numbers(communities):
        parts.append(_COMMUNITY % {"c": c})
        parts += [_WRITTEN % {"c": c, "n": n} for n in _numbers(buildings)]
    return _rules() + _STREET + "".join(parts) + "...\n"


def building_id(community: int, building: int) -> str:
    return f"c{community}-b{building}"


def scene_of(community: int, building: int) -> str:
    """The code on that building's QR picture."""
    return f"{community}-{building}"


def _rules() -> str:
    """Levels, calendars, clocks and categories of the sample file; what says the same stays apart."""
    return SAMPLE.read_text(encoding="utf-8").split("\ntree:\n")[0] + "\nmanners: {same_matter: off}\n"


def _numbers(count: int) -> range:
    return range(1, count + 1)
