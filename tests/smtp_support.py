"""A mail server on the loopback for tests: it takes mail as real ones do, with STARTTLS, TLS and a log-in."""

import base64
import shutil
import socket
import ssl
import threading
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from processes import run


def certificate(folder: Path) -> tuple[Path, Path] | None:
    """Return (certificate, key) of 127.0.0.1, signed by itself; None where there is no openssl."""
    if shutil.which("openssl") is None:
        return None
    pem, key = folder / "cert.pem", folder / "key.pem"
    run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "36500", "-subj", "/CN=127.0.0.1",
         "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(pem)],
        check=True, timeout=60,
    )  # fmt: skip
    return pem, key


@dataclass
class Server:
    """One that answers a connection after the other in a thread; what it was told stands in its fields."""

    pair: tuple[Path, Path] | None = None
    tls_at_once: bool = False
    password: str = ""
    refuse: bytes = b""
    mails: list[EmailMessage] = field(default_factory=list)
    said: list[bytes] = field(default_factory=list)
    in_clear: list[bytes] = field(default_factory=list)

    def __enter__(self) -> "Server":
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join(10)

    def _context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*self.pair)
        return context

    def _serve(self) -> None:
        while True:
            try:
                peer, _address = self.socket.accept()
            except OSError:
                return
            peer.settimeout(10)
            try:
                if self.tls_at_once:
                    peer = self._context().wrap_socket(peer, server_side=True)
                self._talk(peer, encrypted=self.tls_at_once)
            except OSError:  # whoever called does not trust us, or has gone
                pass
            finally:
                peer.close()

    def _talk(self, peer: socket.socket, *, encrypted: bool) -> None:
        reader = peer.makefile("rb")
        peer.sendall(b"220 here\r\n")
        while line := reader.readline():
            word = line.strip()
            self.said.append(word)
            if not encrypted:
                self.in_clear.append(word)
            verb = word.split()[0].upper() if word else b""
            if verb == b"EHLO":
                offers = [b"here", b"AUTH PLAIN" if self.password and encrypted else b"SIZE 9999999"]
                offers += [b"STARTTLS"] if self.pair and not encrypted else []
                peer.sendall(b"".join(b"250-%b\r\n" % each for each in offers) + b"250 HELP\r\n")
            elif verb == b"STARTTLS" and self.pair:
                peer.sendall(b"220 go\r\n")
                peer = self._context().wrap_socket(peer, server_side=True)
                reader, encrypted = peer.makefile("rb"), True
            elif verb == b"AUTH":
                given = base64.b64decode(word.split()[2]).split(b"\0")[2].decode()
                peer.sendall(b"235 ok\r\n" if given == self.password else b"535 wrong password\r\n")
            elif verb == b"RCPT" and self.refuse:
                peer.sendall(self.refuse + b"\r\n")
            elif verb == b"DATA":
                peer.sendall(b"354 go\r\n")
                lines = []
                while (text := reader.readline()) not in (b".\r\n", b""):
                    lines.append(text.removeprefix(b".") if text.startswith(b"..") else text)
                self.mails.append(message_from_bytes(b"".join(lines), policy=policy.default))
                peer.sendall(b"250 taken\r\n")
            elif verb == b"QUIT":
                peer.sendall(b"221 bye\r\n")
                return
            else:
                peer.sendall(b"250 ok\r\n" if verb in (b"MAIL", b"RCPT", b"RSET") else b"502 no\r\n")
