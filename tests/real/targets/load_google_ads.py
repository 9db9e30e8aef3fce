"""Loads google-ads.yaml files with the client library itself; prints for each one JSON object with what the library got.

Usage: load_google_ads.py FILE... (needs the package google-ads)
"""

import json
import sys

from google.ads.googleads import config, oauth2

KEYS = ("client_id", "client_secret", "refresh_token", "login_customer_id", "developer_token", "use_proto_plus")

# The library refreshes credentials while it makes them; what is tested is what it makes of the file, not Google's answer.
oauth2.InstalledAppCredentials.refresh = lambda self, request: None


def load(path):
    loaded = config.load_from_yaml_file(path)
    credentials = oauth2.get_credentials(loaded)
    for key in ("client_id", "client_secret", "refresh_token"):
        assert getattr(credentials, key) == loaded[key], key
    return {key: loaded.get(key) for key in KEYS} | {"other_keys": sorted(set(loaded) - set(KEYS))}


for name in sys.argv[1:]:
    print(json.dumps(load(name), ensure_ascii=False))
