"""The points that each indicator of the regulation carries (二), copied from its text by hand."""

TOWNSHIP = "乡镇"
DEPARTMENT = "部门"
SECRETARY = "第一书记"
TEAM = "驻村工作队"
TECHNICIAN = "农业科技人员"

UNITS = (TOWNSHIP, DEPARTMENT)
POSTED = (SECRETARY, TEAM, TECHNICIAN)

# 二(二)1 and 2: what every department is assessed on, and what applies to some.
COMMON = {"1.1": 3, "1.2": 3, "1.3": 5, "1.4": 4, "1.5": 10, "1.6": 25}
SPECIAL = {"2.1": 30, "2.2": 10, "2.3": 10}

MAXIMA: dict[str, dict[str, int]] = {
    TOWNSHIP: {
        **{"1.1": 3, "1.2": 3, "1.3": 4},
        **{"2.1": 3, "2.2": 11, "2.3": 6, "2.4": 6, "2.5": 4},
        **{"3.1": 10, "3.2": 15, "3.3": 5},
        **{"4.1": 20, "4.2": 10},
    },
    DEPARTMENT: {**COMMON, **SPECIAL},
    SECRETARY: {"1": 15, "2": 20, "3": 15, "4": 15, "5": 5, "6": 15, "7": 15},
    TEAM: {"1": 5, "2": 10, "3": 15, "4": 5, "5": 10, "6.1": 33, "6.2": 12, "7": 10},
    TECHNICIAN: {"1": 8, "2": 25, "3": 35, "4": 20, "5": 12},
}


def special_items(subject: dict[str, str]) -> list[str]:
    """The 专项 indicators that apply to a department, none for an empty cell."""
    return [item for item in subject["special_items"].split(";") if item]


def maxima_of(subject: dict[str, str]) -> dict[str, int]:
    """The indicators that a subject must have points for, with the most it can get."""
    if subject["kind"] == DEPARTMENT:
        return COMMON | {item: SPECIAL[item] for item in special_items(subject)}
    return MAXIMA[subject["kind"]]
