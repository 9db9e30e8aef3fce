"""Loads authorized_user files with google-auth itself; prints for each one JSON object with what it got.

Usage: load_authorized_user.py FILE... (needs the package google-auth)
"""

import json
import sys

import google.auth


for name in sys.argv[1:]:
    credentials, _ = google.auth.load_credentials_from_file(name)
    assert type(credentials).__module__ == "google.oauth2.credentials", type(credentials)
    loaded = {
        "client_id": credentials.client_id,
        "client_secret": credentials.client_secret,
        "refresh_token": credentials.refresh_token,
        "quota_project_id": credentials.quota_project_id,
    }
    print(json.dumps(loaded, ensure_ascii=False))
