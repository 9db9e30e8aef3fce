"""Reads <GoogleAdsApi> of each App.config with ElementTree, as .NET's dictionary handler does, and prints one JSON object
per file."""

import json
import sys
import xml.etree.ElementTree as ElementTree

HANDLER = "System.Configuration.DictionarySectionHandler"


def load(path):
    root = ElementTree.parse(path).getroot()
    # .NET refuses a section that is not declared, and declarations that are not the first element.
    declared = {section.get("name"): section.get("type") for section in root.findall("configSections/section")}
    if root.tag != "configuration" or root[0].tag != "configSections" or declared.get("GoogleAdsApi") != HANDLER:
        return {"error": "undeclared"}
    (section,) = root.findall("GoogleAdsApi")
    values = {}
    for entry in section:
        if entry.tag != "add" or set(entry.keys()) - {"key", "value"}:
            return {"error": "unrecognised"}
        values[entry.get("key")] = entry.get("value", "")
    return values


for path in sys.argv[1:]:
    try:
        print(json.dumps(load(path)))
    except ElementTree.ParseError:
        print(json.dumps({"error": "malformed"}))
