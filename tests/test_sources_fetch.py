"""Servers that answer well, badly or not at all: each costs little, is told in French, and raises nothing but that."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import time
import tracemalloc
import zlib
from pathlib import Path
from typing import Any

import pytest

from audionews.articles import fetch
from audionews.articles.addresses import is_public, places
from audionews.articles.errors import FetchError
from audionews.articles.fetch import Limits
from audionews.articles.state import Cache
from audionews.articles.visit import Options, Visitor
from tests import newspaper as acts
from tests.newspaper import Answer, Newspaper, newspaper, redirect, said

QUICK = Limits(connect=0.3, read=0.3, total=0.5, size=100_000, allow_private=True)


def visitor(folder: Path | None = None, **changes: Any) -> Visitor:
    quick = {"delay": 0, "timeout": 0.3, "total": 0.5, "keep_minutes": 0, "allow_private": True}
    return Visitor(Options(**{**quick, **changes}), Cache(folder))


def failure(url: str, limits: Limits = QUICK) -> str:
    with pytest.raises(FetchError) as caught:
        fetch.get(url, {}, limits)
    return str(caught.value)


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (acts.drip, "trop lent"),
        (acts.drip_head, "trop lent"),
        (acts.hang, "trop lent"),
        (acts.endless, "dépasse 0,1 Mo"),
        (acts.bomb, "dépasse 0,1 Mo"),
        (acts.cut, "s’arrête avant sa fin"),
        (acts.garbage, "mal formée"),
        (said(b"a" * 200_000), "dépasse 0,1 Mo"),
        (said(b"not gzip", Content_Encoding="gzip"), "mal formée"),
        (said(b"x", Content_Encoding="br"), "codée d’une façon inconnue"),
        (redirect("/page"), "plus de 5 redirections"),
        (redirect("file:///etc/passwd"), "n’est pas en http"),
        (redirect("http://[::1"), "n’est pas en http"),
        (redirect("gopher://exemple.org/"), "n’est pas en http"),
    ],
)
def test_a_bad_server_ends_soon_and_is_named(paper: Newspaper, act: Answer, told: str) -> None:
    paper.pages["/page"] = act
    start = time.monotonic()
    assert told in failure(f"{paper.url}/page")
    assert time.monotonic() - start < 1.5


def test_a_bomb_is_cut_while_it_unfolds(paper: Newspaper) -> None:
    paper.pages["/page"] = acts.bomb
    tracemalloc.start()
    try:
        failure(f"{paper.url}/page")
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("bits", [zlib.MAX_WBITS, -zlib.MAX_WBITS])
def test_deflate_with_and_without_its_envelope(paper: Newspaper, bits: int) -> None:
    machine = zlib.compressobj(wbits=bits)
    paper.pages["/page"] = said(machine.compress(b"bonjour") + machine.flush(), Content_Encoding="deflate")
    assert fetch.get(f"{paper.url}/page", {}, QUICK).body == b"bonjour"


def test_letters_of_an_address_are_written_as_servers_want_them(paper: Newspaper) -> None:
    paper.pages["/march%C3%A9%20neuf?q=%C3%A9"] = said("bien")
    assert fetch.get(f"{paper.url}/marché neuf?q=é#bas", {"X-A": "b\r\nc: d"}, QUICK).body == b"bien"


@pytest.mark.parametrize(
    "url", ["", "ftp://a.org/", "http://", "http://a:b@c.org/", "http://a.org:99999/", "http://a b/"]
)
def test_what_is_no_address_is_not_asked(url: str) -> None:
    assert "adresse" in failure(url)


def test_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        assert "ne répond pas" in failure(f"http://127.0.0.1:{free.getsockname()[1]}/")
    assert "introuvable" in failure("http://n.invalid/")


# private addresses


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "10.1.2.3",
            "192.168.1.1",
            "172.16.0.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "224.0.0.1",
        ),
        *(
            "::1",
            "::",
            "fe80::1%eth0",
            "fc00::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
        ),
    ],
)
def test_private_addresses_in_every_dress(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "2130706433", "127.1", "[::1]", "0"])
def test_this_machine_is_refused_under_every_name(paper: Newspaper, host: str) -> None:
    paper.pages["/page"] = said("secret")
    told = failure(f"http://{host}:{paper.url.rpartition(':')[2]}/page", Limits(read=0.3, total=0.5))
    assert "refusée" in told or "introuvable" in told
    assert paper.asked == []


def test_each_hop_is_checked(paper: Newspaper, monkeypatch: pytest.MonkeyPatch) -> None:
    port = int(paper.url.rpartition(":")[2])
    paper.pages["/page"] = redirect(f"http://127.0.0.2:{port}/secret")
    paper.pages["/secret"] = said("secret")
    monkeypatch.setattr("audionews.articles.addresses.is_public", lambda address: address == "127.0.0.1")
    told = failure(f"{paper.url}/page", Limits(read=0.3, total=0.5))
    assert "adresse privée" in told
    assert paper.asked == ["/page"]


def test_the_address_that_was_checked_is_the_one_connected_to(
    paper: Newspaper, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that answers otherwise the second time is not asked a second time."""
    answers = iter(["127.0.0.1", "127.0.0.2"])
    looked: list[str] = []

    def rebinding(host: str, port: int, **_: Any) -> list[Any]:
        looked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    paper.pages["/page"] = said("bien")
    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    monkeypatch.setattr("audionews.articles.addresses.is_public", lambda address: address == "127.0.0.1")
    url = f"http://journal.example:{paper.url.rpartition(':')[2]}/page"
    assert fetch.get(url, {}, Limits(read=0.3, total=0.5)).body == b"bien"
    assert looked == ["journal.example"]
    assert paper.headers["/page"]["host"].startswith("journal.example")


def test_only_the_public_ones_of_several_addresses_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 80)) for one in ("10.0.0.1", "8.8.8.8")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: found)
    assert [place.address[0] for place in places("a.example", 80)] == ["8.8.8.8"]


# certificates


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not shutil.which("openssl"):
        pytest.skip("no openssl to make a certificate with")
    folder = tmp_path_factory.mktemp("tls")
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    )
    names = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    subprocess.run([*command.split(), *names], check=True, capture_output=True, timeout=60)
    return folder


def test_a_certificate_must_be_known_and_of_that_name(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    with newspaper(tls=context) as paper:
        paper.pages["/page"] = said("bien")
        fetch._tls.cache_clear()
        assert "certificat" in failure(f"{paper.url}/page")
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "cert.pem"))
        fetch._tls.cache_clear()
        assert fetch.get(f"{paper.url}/page", {}, QUICK).body == b"bien"
        assert "certificat" in failure(f"{paper.url.replace('localhost', '127.0.0.1')}/page")
    fetch._tls.cache_clear()


# robots.txt, patience and memory


def test_robots_txt_is_honoured_and_read_once(paper: Newspaper) -> None:
    paper.pages |= {
        "/robots.txt": "User-agent: *\nDisallow: /prive\n",
        "/prive/a": said("x"),
        "/b": said("y"),
        "/c": said("z"),
    }
    guest = visitor()
    with pytest.raises(FetchError, match=r"robots\.txt du site l’interdit"):
        guest.get(f"{paper.url}/prive/a", "*/*")
    assert [guest.get(f"{paper.url}{path}", "*/*").answer.body for path in ("/b", "/c")] == [b"y", b"z"]
    assert paper.asked == ["/robots.txt", "/b", "/c"]
    assert paper.headers["/b"]["user-agent"].startswith("audionews/")


def test_a_redirect_into_what_robots_txt_closes_is_not_followed(paper: Newspaper) -> None:
    paper.pages |= {
        "/robots.txt": "User-agent: audionews\nDisallow: /prive\n",
        "/a": redirect("/prive"),
        "/prive": said("x"),
    }
    with pytest.raises(FetchError, match="l’interdit"):
        visitor().get(f"{paper.url}/a", "*/*")
    assert "/prive" not in paper.asked


def test_no_page_is_asked_while_robots_txt_cannot_be_read(paper: Newspaper) -> None:
    paper.pages |= {"/robots.txt": said("en panne", status=503), "/a": said("x")}
    with pytest.raises(FetchError, match=r"robots\.txt ne peut pas être lu"):
        visitor().get(f"{paper.url}/a", "*/*")
    assert "/a" not in paper.asked


def test_we_wait_between_two_pages_of_a_host(paper: Newspaper) -> None:
    paper.pages |= {"/robots.txt": "User-agent: *\nCrawl-delay: 7\n", "/a": said("x"), "/b": said("y")}
    waits: list[float] = []
    guest = visitor(delay=2)
    guest.sleep = waits.append
    for path in ("/a", "/b"):
        guest.get(f"{paper.url}{path}", "*/*")
    assert len(waits) == 1
    assert 6 < waits[0] <= 7
    paper.pages["/robots.txt"] = "User-agent: *\nCrawl-delay: 86400\n"
    hurried = visitor()
    hurried.get(f"{paper.url}/a", "*/*")
    with pytest.raises(FetchError, match="dépasse le temps"):
        hurried.get(f"{paper.url}/b", "*/*")


@pytest.mark.parametrize("status", [429, 503])
def test_a_server_that_asks_for_peace_is_left_in_peace(paper: Newspaper, status: int) -> None:
    paper.pages |= {"/a": said("", status=status), "/b": said("y")}
    guest = visitor()
    with pytest.raises(FetchError, match=str(status)):
        guest.get(f"{paper.url}/a", "*/*")
    with pytest.raises(FetchError, match="laissé en paix"):
        guest.get(f"{paper.url}/b", "*/*")
    assert "/b" not in paper.asked


def test_two_silences_are_enough(paper: Newspaper) -> None:
    paper.pages |= dict.fromkeys(("/a", "/b", "/c"), acts.hang)
    guest = visitor(timeout=0.1)
    for path, told in (("/a", "trop lent"), ("/b", "trop lent"), ("/c", "en paix")):
        with pytest.raises(FetchError, match=told):
            guest.get(f"{paper.url}{path}", "*/*")


def test_the_time_of_a_source_ends(paper: Newspaper) -> None:
    paper.pages["/a"] = said("x")
    with pytest.raises(FetchError, match="secondes de cette source"):
        visitor(max_seconds=0).get(f"{paper.url}/a", "*/*")


def test_what_has_not_changed_is_not_sent_again(paper: Newspaper, tmp_path: Path) -> None:
    def page(handler: acts.Handler) -> None:
        known = handler.headers.get("If-None-Match") == '"1"' and handler.headers.get("If-Modified-Since") == "hier"
        act = said(b"", status=304) if known else said("texte", ETag='"1"', Last_Modified="hier")
        assert callable(act)
        act(handler)
        sent.append(304 if known else 200)

    sent: list[int] = []
    paper.pages["/a"] = page
    for _ in range(3):
        visit = visitor(tmp_path).get(f"{paper.url}/a", "*/*")
        assert (visit.answer.body, visit.remark) == (b"texte", "")
    assert sent == [200, 304, 304]
    assert visitor(tmp_path, keep_minutes=5).get(f"{paper.url}/a", "*/*").answer.body == b"texte"
    assert len(sent) == 3


def test_the_copy_of_a_day_serves_while_the_server_is_down(paper: Newspaper, tmp_path: Path) -> None:
    url = f"{paper.url}/a"
    paper.pages["/a"] = said("texte")
    guest = visitor(tmp_path)
    guest.get(url, "*/*")
    paper.pages["/a"] = said("", status=500)
    later = visitor(tmp_path)
    later.now = lambda: time.time() + 80_000
    assert later.get(url, "*/*").answer.body == b"texte"
    assert "lu dans la copie du" in later.get(url, "*/*").remark
    too_late = visitor(tmp_path)
    too_late.now = lambda: time.time() + 90_000
    with pytest.raises(FetchError, match="500"):
        too_late.get(url, "*/*")
    paper.pages["/a"] = said("", status=410)  # taken back by its newspaper: the copy goes too
    with pytest.raises(FetchError, match="retirée"):
        visitor(tmp_path).get(url, "*/*")


@pytest.mark.parametrize("damage", [b"", b"{}\n", b"null\nx", b"[]", b"\xff", b'{"at": "x"}\nbody'])
def test_a_damaged_memory_is_no_memory(paper: Newspaper, tmp_path: Path, damage: bytes) -> None:
    paper.pages["/a"] = said("texte")
    visitor(tmp_path).get(f"{paper.url}/a", "*/*")
    for path in tmp_path.iterdir():
        path.write_bytes(damage)
    assert visitor(tmp_path, keep_minutes=5).get(f"{paper.url}/a", "*/*").answer.body == b"texte"
    assert paper.asked.count("/a") == 2


def test_a_memory_that_cannot_be_written_costs_nothing_else(paper: Newspaper, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", "utf-8")
    paper.pages["/a"] = said("texte")
    assert visitor(tmp_path / "file").get(f"{paper.url}/a", "*/*").answer.body == b"texte"
