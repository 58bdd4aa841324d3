"""A small web server on this machine, with pages that answer in every way there is."""

import socket
import socketserver
import ssl
import subprocess
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from select import select

MINUTES = 60


class Page(BaseHTTPRequestHandler):
    """What a page does stands in its address: ``/status/404``, ``/to/...``, ``/drip``."""

    protocol_version = "HTTP/1.1"

    def do_HEAD(self):
        self.answer()

    def do_GET(self):
        self.answer()

    def answer(self):
        self.server.asked.append((self.command, self.path, dict(self.headers)))
        kind, _, rest = self.path.strip("/").partition("/")
        getattr(self, f"page_{kind.partition('?')[0].replace('-', '_')}")(rest)

    def say(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in {"Content-Length": len(body), **headers}.items():
            self.send_header(name, str(value))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def page_article(self, rest):
        self.say(200, b"An article")

    def page_status(self, rest):
        self.say(int(rest))

    def page_to(self, rest):
        """Leads to whatever the test put there."""
        self.say(302, Location=self.server.leads_to[rest])

    def page_slash(self, rest):
        if self.path.endswith("/"):
            self.say(200, b"A folder")
        else:
            self.say(301, Location=f"{self.path}/")

    def page_circle(self, rest):
        self.say(302, Location="/circle/b" if rest == "a" else "/circle/a")

    def page_onward(self, rest):
        self.say(302, Location=f"/onward/{int(rest or 0) + 1}")

    def page_no_head(self, rest):
        self.say(405 if self.command == "HEAD" else 200, b"Read me")

    def page_wrong_head(self, rest):
        self.say(404 if self.command == "HEAD" else 200, b"Read me")

    def page_cookie(self, rest):
        self.send_response(302)
        self.send_header("Set-Cookie", "seen=1")
        self.send_header("Location", "/article")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def page_huge(self, rest):
        """Never ends; notes how much went out."""
        if self.command == "HEAD":
            self.say(405)
            return
        self.send_response(200)
        self.end_headers()
        try:
            while True:
                self.server.sent += self.connection.send(b"x" * 65536)
        except OSError:
            self.close_connection = True

    def page_drip(self, rest):
        """A byte of a header now and then, without end."""
        try:
            self.connection.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
            while not self.server.closing.wait(0.05):
                self.connection.sendall(b"x")
        except OSError:
            pass
        self.close_connection = True

    def page_silence(self, rest):
        self.server.closing.wait(MINUTES)
        self.close_connection = True

    def page_nonsense(self, rest):
        self.connection.sendall(b"Good morning\r\n\r\n")
        self.close_connection = True

    def page_hang_up(self, rest):
        self.connection.shutdown(socket.SHUT_RDWR)
        self.close_connection = True

    def log_message(self, *args):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address=("127.0.0.1", 0)):
        super().__init__(address, Page)
        self.asked, self.leads_to, self.sent = [], {}, 0
        self.closing = threading.Event()

    def handle_error(self, request, client_address):
        """A client that hangs up is no fault."""

    def at(self, path="", host="127.0.0.1", scheme="http"):
        return f"{scheme}://{host}:{self.server_port}/{path}"

    def methods(self):
        return [method for method, _path, _headers in self.asked]


@contextmanager
def serving(server):
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        if hasattr(server, "closing"):
            server.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


def certified(server, folder, name="localhost"):
    """The same over TLS, with a certificate that nobody but the server itself vouches for."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    words = (
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"
        f" -subj /CN={name} -addext subjectAltName=DNS:{name} -keyout {key} -out {certificate}"
    )
    subprocess.run(["openssl", *words.split()], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    return certificate


class Socks(socketserver.BaseRequestHandler):
    """A SOCKS 5 proxy for which every name is this machine; notes the names it is asked for."""

    def handle(self):
        self.request.recv(3)
        self.request.sendall(b"\x05\x00")
        size = self.request.recv(5)[4]
        name = self.request.recv(size).decode()
        port = int.from_bytes(self.request.recv(2), "big")
        self.server.asked.append((name, port))
        if self.server.refuses:
            self.request.sendall(b"\x05\x04\x00\x01" + b"\x00" * 6)
            return
        with socket.create_connection(("127.0.0.1", port)) as onward:
            self.request.sendall(b"\x05\x00\x00\x01" + b"\x00" * 6)
            ways = {self.request: onward, onward: self.request}
            while True:
                for ready in select(list(ways), [], [], MINUTES)[0]:
                    found = ready.recv(65536)
                    if not found:
                        return
                    ways[ready].sendall(found)


class Proxy(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Socks)
        self.asked, self.refuses = [], False

    def handle_error(self, request, client_address):
        """A client that hangs up is no fault."""

    @property
    def address(self):
        return f"socks5h://127.0.0.1:{self.server_address[1]}"
