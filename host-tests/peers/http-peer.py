"""HTTP clients of Python, for the interop tests (host-tests/interop/http-clients/steps.ts has the command line)."""

import asyncio
import ssl
import sys


class Requests:
    def __init__(self, ca):
        import requests

        self.session = requests.Session()
        # Variables of the environment would name another CA.
        self.session.trust_env = False
        self.session.verify = ca

    def ask(self, method, url, headers=None, content=None):
        response = self.session.request(method, url, headers=headers, data=content)
        return response.status_code, response.content, response.headers

    def send_file(self, url, name):
        return self.session.post(url, files={"f": (name, b"content")}).text


class Httpx:
    def __init__(self, ca):
        import httpx

        self.client = httpx.Client(verify=ca, follow_redirects=True)

    def ask(self, method, url, headers=None, content=None):
        response = self.client.request(method, url, headers=headers, content=content)
        return response.status_code, response.content, response.headers

    def send_file(self, url, name):
        return self.client.post(url, files={"f": (name, b"content")}).text


class Aiohttp:
    def __init__(self, ca):
        import aiohttp

        self.loop = asyncio.new_event_loop()
        context = ssl.create_default_context(cafile=ca)

        async def open_session():
            return aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=context))

        self.session = self.loop.run_until_complete(open_session())

    async def _ask(self, method, url, headers, content):
        async with self.session.request(method, url, headers=headers, data=content) as response:
            return response.status, await response.read(), response.headers

    def ask(self, method, url, headers=None, content=None):
        if hasattr(content, "__next__"):
            content = self._async_pieces(content)
        return self.loop.run_until_complete(self._ask(method, url, headers, content))

    def send_file(self, url, name):
        import aiohttp

        # By default it escapes all that is not ASCII by percent signs, where browsers and the HTML standard escape quotes and
        # ends of lines alone: a name that has "%25" in it could not be told from one that was escaped.
        form = aiohttp.FormData(quote_fields=False)
        form.add_field("f", b"content", filename=name)
        return self.ask("POST", url, content=form)[1].decode()

    @staticmethod
    async def _async_pieces(pieces):
        for piece in pieces:
            yield piece

    async def _echo(self, url, message):
        async with self.session.ws_connect(url) as socket:
            await (socket.send_bytes if isinstance(message, bytes) else socket.send_str)(message)
            return (await socket.receive()).data

    def echo(self, url, message):
        return self.loop.run_until_complete(self._echo(url, message))

    def close(self):
        self.loop.run_until_complete(self.session.close())


class WebsocketClient:
    def __init__(self, ca):
        self.ca = ca

    def open(self, url, **options):
        import websocket

        return websocket.create_connection(url, sslopt={"ca_certs": self.ca}, **options)

    def echo(self, url, message):
        # Up to 1.2 its origin is one of plain HTTP, over TLS too.
        socket = self.open(url, suppress_origin=True)
        if isinstance(message, bytes):
            socket.send_binary(message)
        else:
            socket.send(message)
        answer = socket.recv()
        socket.close()
        return answer


def pieces(count):
    for _ in range(count // 1000):
        yield b"x" * 1000


def steps(client, base, plain):
    def ask(*parameters, **more):
        return client.ask(*parameters, **more)

    def text(url):
        status, body, _ = ask("GET", url)
        return f"{status} {body.decode()}"

    yield "page", text(base + "/")
    yield "kept", " ".join(text(base + "/peer") for _ in range(5))
    yield "redirect", text(plain + "/peer")
    yield "pieces", text(base + "/pieces")
    yield "download", len(ask("GET", base + "/bytes/1000000")[1])
    yield "upload", ask("POST", base + "/upload", content=b"x" * 1_000_000)[1].decode()
    yield "stream", ask("POST", base + "/upload", content=pieces(300_000))[1].decode()
    file = base + "/files/text.txt"
    status, body, headers = ask("GET", file, headers={"Range": "bytes=10-19"})
    yield "range", f"{status} {body.decode()}"
    yield "unchanged", ask("GET", file, headers={"If-None-Match": headers["ETag"]})[0]
    status, _, headers = ask("HEAD", file)
    yield "head", f"{status} {headers['Content-Length']}"
    yield "form", client.send_file(base + "/form", "größe 😀.txt")
    status, body, _ = ask("POST", base + "/refused", content=b"x" * 12_000_000)
    yield "refused", f"{status} {body.decode()}"


def main(name, base, plain, ca):
    make = {"requests": Requests, "httpx": Httpx, "aiohttp": Aiohttp, "websocket-client": WebsocketClient}[name]
    client = make(ca)
    if hasattr(client, "ask"):
        for step, result in steps(client, base, plain):
            print(step, result)
        stranger = make("stranger.pem")
        try:
            stranger.ask("GET", base + "/")
            print("stranger is served")
        except Exception as error:
            print("stranger", "CERTIFICATE_VERIFY_FAILED" if "CERTIFICATE_VERIFY_FAILED" in str(error) else repr(error))
    if hasattr(client, "echo"):
        url = base.replace("https", "wss") + "/ws"
        print("text", client.echo(url, "naïve 😀"))
        print("binary", len(client.echo(url, b"x" * 60_000)))
    for each in (client, locals().get("stranger")):
        if hasattr(each, "close"):
            each.close()


main(*sys.argv[1:])
