"""Expands template.yaml as CloudFormation's serverless transform would, so that what is really deployed can be linted.

usage: expand.py TEMPLATE EXPANDED.json

The SAM CLI's own lint doesn't see the expansion. No AWS account is asked: managed policies, which would need one, are not used.
"""
import json
import logging
import sys

from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samtranslator.yaml_helper import yaml_parse


def main(source, target):
    logging.disable(logging.WARNING)  # it misses settings that only AWS's own service has
    with open(source, encoding="utf-8") as file:
        template = yaml_parse(file)
    # Code is where `sam build` puts it later; the transform asks for an S3 address.
    template["Globals"]["Function"]["CodeUri"] = "s3://bucket/code.zip"
    parameters = {name: parameter.get("Default") for name, parameter in template["Parameters"].items()}
    expanded = Translator({}, Parser()).translate(sam_template=template, parameter_values=parameters)
    # The exceptions that are stated at the API are meant for the stage that the transform makes of it.
    for resource in expanded["Resources"].values():
        if resource["Type"] == "AWS::ApiGateway::Stage":
            api = resource["Properties"]["RestApiId"]["Ref"]
            resource["Metadata"] = template["Resources"][api].get("Metadata", {})
    with open(target, "w", encoding="utf-8") as file:
        json.dump(expanded, file, indent=1)


if __name__ == "__main__":
    main(*sys.argv[1:])
