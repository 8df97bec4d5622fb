"""What the service is compared with: FastAPI and wechatpy as their manuals show them, storing nothing at all.

It decrypts, parses, answers with the person's own words and encrypts. `python -m benchmarks.echo PORT` serves it with
the same loop and HTTP parser as `liren serve`.
"""

import sys

import uvicorn
from fastapi import FastAPI, Request, Response
from wechatpy import create_reply, parse_message
from wechatpy.crypto import WeChatCrypto

from tests.wechat_vendor import WechatVendor


def build_echo(vendor: WechatVendor) -> FastAPI:
    crypto = WeChatCrypto(vendor.token, vendor.aes_key, vendor.app_id)
    app = FastAPI()

    @app.post("/callback/wechat")
    async def echo(request: Request, msg_signature: str, timestamp: str, nonce: str) -> Response:
        body = await request.body()
        message = parse_message(crypto.decrypt_message(body, msg_signature, timestamp, nonce))
        xml = create_reply(getattr(message, "content", "好的"), message).render()
        return Response(crypto.encrypt_message(xml, nonce, timestamp), media_type="application/xml")

    return app


def serve(port: int) -> None:
    uvicorn.run(
        build_echo(WechatVendor()),
        host="127.0.0.1",
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=30,
    )


if __name__ == "__main__":
    serve(int(sys.argv[1]))
