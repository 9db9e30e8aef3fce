"""What Google's Ads example script does, in a few lines on the same library: prints the consent URL, takes one request
on port 8080 by a plain socket, answers it, exchanges the code and prints the token. It is not that script."""

import hashlib
import os
import re
import socket
import sys
from urllib.parse import unquote

from google_auth_oauthlib.flow import Flow

flow = Flow.from_client_secrets_file(sys.argv[1], scopes=["https://www.googleapis.com/auth/adwords"])
flow.redirect_uri = "http://127.0.0.1:8080"
state = hashlib.sha256(os.urandom(1024)).hexdigest()
url, _ = flow.authorization_url(access_type="offline", state=state, prompt="consent", include_granted_scopes="true")
print("Paste this URL into your browser: ")
print(url, flush=True)

server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("127.0.0.1", 8080))
server.listen(1)
connection, _ = server.accept()
query = re.search(r"GET\s\/\?(.*) ", connection.recv(1024).decode()).group(1)
answer = dict(pair.split("=") for pair in query.split("&"))
assert answer["state"] == state
page = "<b>Authorization code was successfully retrieved.</b>"
connection.sendall(f"HTTP/1.1 200 OK\nContent-Type: text/html\n\n{page}\n".encode())
connection.close()

flow.fetch_token(code=unquote(answer["code"]))
print(f"Your refresh token is: {flow.credentials.refresh_token}")
