"""A stand-in for WeChat's own API, so that staff are written to while the callback is measured."""

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TEMPLATE_ID = "BenchTemplate"
_ANSWERS = {
    "/cgi-bin/stable_token": {"access_token": "invented", "expires_in": 7200},
    "/cgi-bin/template/get_all_private_template": {
        "template_list": [{"template_id": TEMPLATE_ID, "content": "{{thing1.DATA}} {{time2.DATA}}"}]
    },
}
_SENT = {"errcode": 0, "errmsg": "ok", "msgid": 1}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self._answer()

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""

    def _answer(self) -> None:
        body = json.dumps(_ANSWERS.get(self.path.split("?")[0], _SENT)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), _Handler).serve_forever()
