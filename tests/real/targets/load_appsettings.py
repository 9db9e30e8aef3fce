"""Reads the object "GoogleAdsApi" of each appsettings.json with Python's own parser; prints one JSON object per file."""

import json
import sys

for name in sys.argv[1:]:
    # .NET reads over the mark that Visual Studio puts at the beginning.
    with open(name, encoding="utf-8-sig") as file:
        print(json.dumps(json.load(file)["GoogleAdsApi"]))
