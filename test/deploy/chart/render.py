"""Renders, lints or refuses a chart as Helm does, by Helm's own library: render.py CHART VALUES → {"documents", "findings", "refusal"}."""

import json
import sys

import yaml
from helm_python import Chart, HelmValuesError, lint

chart_path, values_path = sys.argv[1:]
with open(values_path, encoding="utf-8") as file:
    values = yaml.safe_load(file) or {}
answer = {"documents": [], "findings": [], "refusal": ""}
try:
    with Chart.load(chart_path) as chart:
        rendered = chart.render(values=values, name="chatops", namespace="chatops")
    answer["documents"] = [
        f"# {name}\n{text.strip()}\n"
        for name, text in sorted(rendered.items())
        if text.strip() and not name.endswith(".txt")
    ]
    report = lint(chart_path, values, strict=True)
    # 2: a warning, 3: an error.
    answer["findings"] = [it["error"] for it in report["messages"] if it["severity"] > 1] + report["errors"]
except HelmValuesError as error:
    answer["refusal"] = str(error)
json.dump(answer, sys.stdout)
