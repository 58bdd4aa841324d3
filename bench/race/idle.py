"""A server that does nothing but answer: what the readers and the loopback cost by themselves."""

import socket
import sys
import threading

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


def main() -> None:
    """Serve on the port given until killed."""
    listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
    while True:
        connection, _address = listener.accept()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=_serve, args=[connection], daemon=True).start()


def _serve(connection: socket.socket) -> None:
    while connection.recv(65_536):
        connection.sendall(ANSWER)


if __name__ == "__main__":
    main()
