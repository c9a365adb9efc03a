"""Holds an activity file to the IATI standard, version 2.03: its schema, its codelists, and its ruleset, all as the package pyIATI has them.

Prints one fault a line, and nothing for a file that is right. The ruleset's dates may not be after --today.
"""

import argparse
import json
import re
import sysconfig
from decimal import Decimal
from pathlib import Path

from lxml import etree

STANDARD = Path(sysconfig.get_path("purelib")) / "iati/resources/standard/2-03"


def schema_faults(document):
    schema = etree.XMLSchema(etree.parse(STANDARD / "schemas/iati-activities-schema.xsd"))
    schema.validate(document)
    return [f"schema: line {e.line}: {e.message}" for e in schema.error_log]


def codelist_faults(document):
    for mapping in etree.parse(STANDARD / "codelist-mapping.xml").findall("mapping"):
        name = mapping.find("codelist").get("ref")
        parent, attribute = mapping.findtext("path").rsplit("/", 1)
        condition = mapping.findtext("condition")
        file = STANDARD / f"codelists/{name}.xml"
        elements = document.xpath(parent + (f"[{condition}]" if condition else ""))
        if not elements or not file.exists():
            continue
        codes = set(etree.parse(file).xpath("//codelist-item/code/text()"))
        for element in elements:
            for value in element.xpath(attribute):
                if str(value) not in codes:
                    yield f"codelist: line {element.sourceline}: {attribute} is {value}, which {name} does not have"


def rule_faults(document, today):
    for context, rules in json.loads((STANDARD / "rulesets/standard_ruleset.json").read_text()).items():
        for element in document.xpath(context):
            for rule, body in rules.items():
                for case in body["cases"]:
                    if not RULES[rule](element, case, today):
                        yield f"rule: line {element.sourceline}: {element.tag}: {rule} {json.dumps(case)}"


def found(element, paths):
    return [value for path in paths for value in element.xpath(path)]


def text(value):
    return value if isinstance(value, str) else (value.text or "")


def atleast_one(element, case, today):
    return bool(found(element, case["paths"]))


def no_more_than_one(element, case, today):
    return len(found(element, case["paths"])) <= 1


def date_order(element, case, today):
    sides = [[today] if case[side] == "NOW" else [text(v)[:10] for v in element.xpath(case[side])] for side in ("less", "more")]
    return all(less <= more for less in sides[0] for more in sides[1])


def regex_matches(element, case, today):
    return all(re.fullmatch(case["regex"], text(value)) for value in found(element, case["paths"]))


def sums(element, case, today):
    values = found(element, case["paths"])
    return not values or sum(Decimal(text(value)) for value in values) == Decimal(str(case["sum"]))


RULES = {"atleast_one": atleast_one, "no_more_than_one": no_more_than_one, "date_order": date_order, "regex_matches": regex_matches, "sum": sums}


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("file")
    arguments.add_argument("--today", required=True)
    given = arguments.parse_args()
    document = etree.parse(given.file, etree.XMLParser(resolve_entities=False, no_network=True))
    for fault in [*schema_faults(document), *codelist_faults(document), *rule_faults(document, given.today)]:
        print(fault)


main()
