"""Faults put into the forms and rules of the house, and what must be said of each."""

# form that breaks, file, what stands there, what is put there, lines below it, what is said
FAULTS = {
    "indicator": (
        "target_register", "forms/target_register.yaml", "indicator: poverty_rate,",
        "indicator: poverty_rat,", 0, "no indicator “poverty_rat”; nearest: “poverty_rate”",
    ),
    "indicator of a row": (
        "commune_report", "forms/commune_report.yaml", "indicator: hi_insured_persons",
        "indicator: hi_insured_person", 0, "nearest: “hi_insured_persons”",
    ),
    "unit of measure": (
        "target_register", "forms/target_register.yaml",
        'header: ["Giảm số hộ nghèo"], unit: household', 'header: ["Giảm số hộ nghèo"], unit: hous',
        0, "no unit of measure “hous”; nearest: “house",
    ),
    "unit of another indicator": (
        "commune_report", "forms/commune_report.yaml",
        "{indicator: hi_insured_persons, unit: person",
        "{indicator: hi_insured_persons, unit: household", 0, "it is in “person”",
    ),
    # nobody is judged by a target of half a year: it would be taken for the year's
    "target of half a year": (
        "target_assignment", "forms/target_assignment.yaml",
        "indicator: poverty_rate_reduction, measure: target, period: Y",
        "indicator: poverty_rate_reduction, measure: target, period: H1",
        0, "a target is of the whole year: period: Y",
    ),
    "target of the period that is filed": (
        "commune_report", "forms/commune_report.yaml",
        'header: ["Tổng số", "Mẫu số"], required: true, fact: indicator',
        'header: ["Tổng số", "Mẫu số"], required: true, basis: assigned, fact: target',
        -1, "a target is of the whole year: period: Y",
    ),
    "source": (
        "fund_plan", "forms/fund_plan.yaml", "source: NSTW", "source: NSTƯ", 0,
        "no source “NSTƯ”",
    ),
    "stage": (
        "fund_plan", "forms/fund_plan.yaml",
        "source: NSDP, stage: plan", "source: NSDP, stage: plna",
        0, "nearest: “plan”",
    ),
    "no stage": (
        "fund_plan", "forms/fund_plan.yaml", "source: NSDP, stage: plan, ", "source: NSDP, ", -2,
        "“stage” is missing",
    ),
    "group of rows": (
        "fund_plan", "forms/fund_plan.yaml", "items: [DA6-TDA1, DA6-TDA2]",
        "items: [DA6-TDA1, DA6-TDA3]", 0, "no row “DA6-TDA3”; nearest: “DA",
    ),
    "parts": (
        "fund_plan", "forms/fund_plan.yaml", "parts: [central, local]", "parts: [centrl, local]", 0,
        "no column “centrl”; nearest: “central”",
    ),
    "ratio": (
        "target_register", "forms/target_register.yaml",
        "ratio: {numerator: cut_households, denominator: households}}",
        "ratio: {numerator: cut_household, denominator: households}}", 0,
        "no column “cut_household”; nearest: “cut_households”",
    ),
    "unless": (
        "plan_targets", "forms/plan_targets.yaml",
        "unit: number, required: true, unless: {operator: none}",
        "unit: number, required: true, unless: {operater: none}", 0,
        "no column “operater”; nearest: “operator”",
    ),
    "unless a word": (
        "plan_targets", "forms/plan_targets.yaml",
        "unit: number, required: true, unless: {operator: none}",
        "unit: number, required: true, unless: {operator: noen}", 0, "nearest: “none”",
    ),
    "word of the warehouse": (
        "plan_targets", "forms/plan_targets.yaml", "by_end_of: [", "by_end: [", 0,
        "no word “by_end”; nearest: “by_end_of”",
    ),
    "measure": (
        "poverty_movement", "forms/poverty_movement.yaml",
        "measure: actual\n", "measure: actul\n", 0,
        "nearest: “actual”",
    ),
    "key": (
        "fund_plan", "forms/fund_plan.yaml", "units_on: start", "unit_on: start", 0,
        "no key “unit_on”; nearest: “units_on”",
    ),
    "key of a column": (
        "fund_plan", "forms/fund_plan.yaml", "source: NSDP, stage: plan, total: sum",
        "source: NSDP, stage: plan, totl: sum", 0, "no key “totl”; nearest: “total”",
    ),
    "key twice": (
        "fund_plan", "forms/fund_plan.yaml",
        "filer: district\n", "filer: district\nfiler: province\n",
        1, "“filer” is already on line 7",
    ),
    "no YAML": (
        "fund_plan", "forms/fund_plan.yaml",
        "parts: [central, local]}", "parts: [central, local}", 0,
        "not valid YAML",
    ),
    "wrong type": (
        "fund_plan", "forms/fund_plan.yaml", "valid: {from: 2022, to: 2025}",
        "valid: {from: hai nghìn, to: 2025}", 0, "wrong type",
    ),
    "pattern": (
        "fund_plan", "forms/fund_plan.yaml", 'titles: ["kế hoạch vốn', 'titles: ["(kế hoạch vốn', 0,
        "wrong pattern",
    ),
    "list": (
        "fund_plan", "forms/fund_plan.yaml", "items_from: projects", "items_from: project", 0,
        "no list “project”; nearest: “projects”",
    ),
    "column of a rule": (
        "target_register", "expectations/target_register.yaml",
        "expected: \"≤ {poor_households}\"",
        "expected: \"≤ {poor_households}\"\n    cell: cut_housholds",
        1, "“cell” is already on line",
    ),
    "rule names a column": (
        "target_register", "expectations/target_register.yaml",
        "{column: households, value_set: [0]}", "{column: househols, value_set: [0]}", -3,
        "no column “househols”; nearest: “households”",
    ),
    "rule computes with a column": (
        "target_register", "expectations/target_register.yaml", "- cut_pp - rate_end_pct",
        "- cut_pq - rate_end_pct", -7, "no column “cut_pq”; nearest: “cut_pp”",
    ),
    "rule names a frame": (
        "fund_need", "expectations/fund_need.yaml", "frame: needs\n    compute:\n      rest:",
        "frame: neds\n    compute:\n      rest:", -2, "no frame “neds”; nearest: “needs”",
    ),
    "rule has an unknown key": (
        "target_register", "expectations/target_register.yaml", "expected: \"≤ {poor_households}\"",
        "expectd: \"≤ {poor_households}\"", 0, "no key “expectd”; nearest: “expected”",
    ),
}  # fmt: skip
