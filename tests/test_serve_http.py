"""The server's HTTP, byte by byte: what may be asked, what must never be answered, and what each answer says."""

from __future__ import annotations

import gzip
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.parser import BytesParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audionews.publish.answer import Found, Shelf
from audionews.publish.asked import Version, packed, spans
from audionews.publish.folder import segments
from audionews.publish.headers import headers
from tests.serving import ask, read, serving, talk

SOUND = bytes(range(256)) * 1000
MP3 = "/episodes/x/radio-1a2b3c4d.mp3"
TEXT = "Le budget de la commune est adopté. " * 200
FEED = "<rss><channel>" + "<item/>" * 500 + "</channel></rss>"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    top = tmp_path_factory.mktemp("top")
    site = top / "site"
    (site / "episodes" / "x").mkdir(parents=True)
    (site / "broadcast").mkdir()
    (top / "secret.txt").write_text("secret")
    (top / "site-other").mkdir()
    (top / "site-other" / "secret.txt").write_text("secret")
    (site / "out").symlink_to(top)
    (site / "near").symlink_to(top / "site-other")
    (site / "within.txt").symlink_to(site / "feeds.opml")
    (site / "loop").symlink_to(site / "loop")
    os.mkfifo(site / "pipe.mp3")
    (site / ".feed.xml.tmp").write_text("secret")
    (site / ".git").mkdir()
    (site / ".git" / "config.txt").write_text("secret")
    (site / MP3[1:]).write_bytes(SOUND)
    (site / "empty.mp3").write_bytes(b"")
    for name in ("feed.xml", "feed-matin.xml"):
        (site / name).write_text(FEED)
    names = ("index.html", "abonner.html", "embed.html", "latest.json", "feeds.opml", "sw.js", "app.webmanifest")
    here = ("index.html", "embed.html", "transcript.html", "transcript.txt", "transcript.vtt", "conducteur.json")
    for name in (*names, *(f"episodes/x/{one}" for one in here), "broadcast/latest.txt", "é & co.txt"):
        (site / name).write_text(f"{name} {TEXT}")
    for name in ("small.wav", "card.png", "card.jpg", "broadcast/latest.wav", "unknown.bin"):
        (site / name).write_bytes(b"bytes")
    with serving(site) as taken:
        yield taken


@pytest.mark.parametrize(
    "path",
    [
        *("/%2e%2e/secret.txt", "/..%2fsecret.txt", "/%2e%2e%2fsecret.txt", "/episodes/%2e%2e/%2e%2e/secret.txt"),
        *("/out/secret.txt", "/near/secret.txt", "/out/", "/loop", "/pipe.mp3", "/../site-other/secret.txt"),
        *("/%c0%ae%c0%ae/secret.txt", "/%c0%af../secret.txt", "/%e0%80%ae./secret.txt", "/%ff", "/%ed%a0%80"),
        *("/..\\secret.txt", "/%5c..%5csecret.txt", "/%u002e%u002e/secret.txt", "/%%32%65%%32%65/secret.txt"),
        *("/.feed.xml.tmp", "/%2efeed.xml.tmp", "/.git/config.txt", "/episodes/x/%00", "/feed.xml%00.html"),
        *("//feed.xml", "/episodes//x/", "/./feed.xml", "/feed.xml/", "/feed.xml/x", "/%0d%0aSet-Cookie:x", "/%7f"),
        *("/%C2%85", "http://radio.example/../secret.txt", "ftp://radio.example/feed.xml", "feed.xml", "*", "/~root"),
        *("file:///etc/passwd", "http://radio.example", "/index.html/", "/" + "a/" * 2000, "/" + "a" * 300),
        *("/" + "%2e" * 2000, "/" + "a" * 8192),
    ],
)
def test_what_is_not_public_is_never_answered(port: int, path: str) -> None:
    if path == "http://radio.example":  # a whole address without a path means the first page
        assert b"index.html" in ask(port, path).body
        return
    reply = ask(port, path)
    assert reply.status in {400, 404, 414}
    assert b"secret" not in reply.body
    assert reply.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_bytes_that_are_no_address_are_refused(port: int) -> None:
    for target in (b"/\xe9.txt", b"/\xff\xfe", b"/a b", b"/\x00", b"/a\tb", b""):
        reply = ask(port, target)
        assert reply.status == 400
        assert reply.headers["Connection"] == "close"


def test_a_whole_address_and_odd_letters_are_understood(port: int) -> None:
    assert ask(port, "http://radio.example/feed.xml").body == FEED.encode()
    assert ask(port, "HTTP://other.example/feed.xml?x=1").body == FEED.encode()
    assert "é & co.txt".encode() in ask(port, "/%C3%A9%20%26%20co.txt").body
    assert ask(port, "/feed.xml?%00=/../secret").body == FEED.encode()
    assert b"feeds.opml" in ask(port, "/within.txt").body, "a link that stays within the site is followed"


@given(st.binary(max_size=60))
def test_no_address_leads_out_of_the_site(target: bytes) -> None:
    names = segments(b"/" + target)
    assert names is None or not any(
        name.startswith(".") or re.search(r"[/\\\x00-\x1f]", name) or (not name and at < len(names) - 1)
        for at, name in enumerate(names)
    )


def test_old_clients_are_served(port: int) -> None:
    got = read(talk(port, b"GET /feed.xml HTTP/1.0\r\n\r\n"))
    assert (got.status, got.body) == (200, FEED.encode())
    assert got.headers["Connection"] == "close"
    assert read(talk(port, b"GET /feed.xml\r\n\r\n")).status == 400


def test_requests_in_a_row_are_answered_in_their_order(port: int) -> None:
    one = b"GET /small.wav HTTP/1.1\r\nHost: x\r\n%s\r\n"
    got = talk(port, one % b"" * 20 + one % b"Connection: close\r\n")
    assert got.count(b"HTTP/1.1 200 OK") == 21
    assert got.endswith(b"\r\n\r\nbytes")


@pytest.mark.parametrize(
    ("asked", "stretch"),
    [
        ("bytes=0-0", (0, 1)),
        ("bytes = 5-9", (5, 10)),
        ("BYTES=5-9", (5, 10)),
        ("bytes= 5-9 ", (5, 10)),
        ("bytes=-1", (255_999, 256_000)),
        ("bytes=-999999", (0, 256_000)),
        ("bytes=255999-99999999999", (255_999, 256_000)),
        ("bytes=0-9,5-19", (0, 20)),
        ("bytes=10-19,0-9", (0, 20)),
        ("bytes=0-9,999999-", (0, 10)),
    ],
)
def test_one_part_is_sent_as_one_part(port: int, asked: str, stretch: tuple[int, int]) -> None:
    reply = ask(port, MP3, Range=asked)
    start, stop = stretch
    assert (reply.status, reply.body) == (206, SOUND[start:stop])
    assert reply.headers["Content-Range"] == f"bytes {start}-{stop - 1}/256000"


@pytest.mark.parametrize(
    "asked",
    [
        *("bytes=abc", "bytes=5-2", "bytes=", "bytes=-", "bytes", "=0-1", "lines=0-1", "bytes=0-1;2", "bytes=--5"),
        *("bytes=0x10-0x20", "bytes=1.5-2", "bytes=+1-2", "bytes=0-1,5-2", "bytes=0-1,", "bytes=²-5", "bytes=5 - 9"),
        *("bytes=" + "9" * 5000 + "-", "bytes=" + ",".join(f"{n}-{n}" for n in range(0, 2000, 2))),
    ],
)
def test_a_range_that_makes_no_sense_is_left_aside(port: int, asked: str) -> None:
    reply = ask(port, MP3, Range=asked)
    assert (reply.status, len(reply.body)) == (200, 256_000)


@pytest.mark.parametrize("asked", ["bytes=256000-", "bytes=999999-9999999", "bytes=-0", "bytes=256000-,300000-"])
def test_a_range_outside_of_the_file_is_refused(port: int, asked: str) -> None:
    reply = ask(port, MP3, Range=asked)
    assert reply.status == 416
    assert reply.headers["Content-Range"] == "bytes */256000"
    assert ask(port, "/empty.mp3", Range="bytes=0-").status == 416


def test_several_parts_are_sent_as_several(port: int) -> None:
    reply = ask(port, MP3, Range="bytes=0-9, 1000-1009,-5")
    assert reply.status == 206
    assert int(reply.headers["Content-Length"]) == len(reply.body)
    kind = reply.headers["Content-Type"]
    border = kind.partition("boundary=")[2].encode()
    pieces = [piece.partition(b"\r\n\r\n") for piece in reply.body.split(b"\r\n--" + border)[1:-1]]
    said = [BytesParser().parsebytes(head.lstrip() + b"\r\n\r\n") for head, _, _ in pieces]
    assert [one["Content-Type"] for one in said] == ["audio/mpeg"] * 3
    ranges = ["bytes 0-9/256000", "bytes 1000-1009/256000", "bytes 255995-255999/256000"]
    assert [one["Content-Range"] for one in said] == ranges
    assert reply.body.endswith(b"\r\n--" + border + b"--\r\n")
    assert [body for _, _, body in pieces] == [SOUND[:10], SOUND[1000:1010], SOUND[-5:]]
    assert "multipart" not in ask(port, MP3, Range="bytes=0-9").headers["Content-Type"]


@given(st.text("0123456789-, bytes=", max_size=60), st.integers(0, 2000))
def test_parts_are_never_more_than_the_file(asked: str, size: int) -> None:
    found = spans("bytes=" + asked, size)
    assert found is None or sum(stop - start for start, stop in found) <= size
    assert found is None or all(0 <= start < stop <= size for start, stop in found)


def test_head_says_what_get_says_and_sends_nothing(port: int) -> None:
    for path, sent in ((MP3, {}), ("/feed.xml", {"Accept_Encoding": "gzip"}), (MP3, {"Range": "bytes=0-9"})):
        head, whole = ask(port, path, "HEAD", **sent), ask(port, path, **sent)
        assert head.body == b""
        names = ("Content-Length", "ETag", "Vary") if "Range" not in sent else ("ETag",)
        assert [head.headers[name] for name in names] == [whole.headers[name] for name in names]
    ranged = ask(port, MP3, "HEAD", Range="bytes=0-9")
    assert (ranged.status, ranged.headers["Content-Length"]) == (200, "256000"), "HEAD knows no ranges (RFC 9110)"


def test_conditions(port: int) -> None:
    first = ask(port, MP3)
    tag, date = first.headers["ETag"], first.headers["Last-Modified"]
    same = [tag, f"W/{tag}", f'"a", {tag}', f'W/"a" , W/{tag},"b"', "*"]
    assert [ask(port, MP3, If_None_Match=one).status for one in same] == [304] * 5
    other = ['"a"', tag.strip('"'), "", '"', 'W/""', f'"a{tag[1:]}']
    assert [ask(port, MP3, If_None_Match=one).status for one in other] == [200] * 6
    assert ask(port, MP3, If_None_Match='"a"', If_Modified_Since=date).status == 200, "the tag goes first"
    assert ask(port, MP3, If_None_Match=tag, Range="bytes=0-1").status == 304
    assert ask(port, MP3, If_Modified_Since=date).status == 304
    for odd in ("yesterday", "Sat, 07 Jun 2025 06:30:00 GMT", "", "Sat, 99 Jun 2025 06:30:00 GMT", "-1"):
        assert ask(port, MP3, If_Modified_Since=odd).status == 200
    assert ask(port, MP3, Range="bytes=0-1", If_Range=tag).status == 206
    assert ask(port, MP3, Range="bytes=0-1", If_Range=date).status == 206
    for one in (f"W/{tag}", '"a"', "Sat, 07 Jun 2025 06:30:00 GMT", "*", ""):
        assert ask(port, MP3, Range="bytes=0-1", If_Range=one).status == 200
    assert ask(port, MP3, If_Match='"a"').status == 412
    assert ask(port, MP3, If_Match=f"W/{tag}").status == 412
    assert ask(port, MP3, If_Match=f'"a", {tag}').status == 200
    assert ask(port, MP3, If_Unmodified_Since="Sat, 07 Jun 2014 06:30:00 GMT").status == 412
    assert ask(port, MP3, If_Unmodified_Since=date).status == 200
    unchanged = ask(port, MP3, If_None_Match=tag)
    assert unchanged.body == b""
    assert unchanged.headers["ETag"] == tag
    assert unchanged.headers["Content-Type"] is None


def test_texts_are_packed_for_who_wants_it(port: int) -> None:
    plain, small = ask(port, "/feed.xml"), ask(port, "/feed.xml", Accept_Encoding="gzip, deflate, br")
    assert plain.headers["Content-Encoding"] is None
    assert small.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.body) == plain.body == FEED.encode()
    assert int(small.headers["Content-Length"]) == len(small.body) < len(plain.body) / 5
    for reply in (plain, small):
        assert "Accept-Encoding" in reply.headers["Vary"]
    assert plain.headers["ETag"] != small.headers["ETag"]
    assert ask(port, "/feed.xml", Accept_Encoding="gzip", If_None_Match=small.headers["ETag"]).status == 304
    assert ask(port, "/feed.xml", Accept_Encoding="gzip", If_None_Match=plain.headers["ETag"]).status == 200
    ranged = ask(port, "/feed.xml", Accept_Encoding="gzip", Range="bytes=0-9")
    assert (ranged.status, ranged.body) == (206, FEED[:10].encode())
    assert ranged.headers["Content-Encoding"] is None
    for path in (MP3, "/small.wav", "/card.png"):
        sound = ask(port, path, Accept_Encoding="gzip")
        assert (sound.headers["Content-Encoding"], sound.headers["Vary"]) == (None, None)
    for path in ("/", "/feeds.opml", "/sw.js", "/latest.json", "/episodes/x/transcript.vtt"):
        assert ask(port, path, Accept_Encoding="gzip").headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize(
    ("accepted", "wanted"),
    [
        *(("gzip", True), ("GZIP;Q=0.5", True), ("*", True), ("*;q=0", False), ("deflate, gzip;q=1.0, *;q=0", True)),
        *(("", False), ("gzip;q=0", False), ("gzip;q=0.000", False), ("br", False), ("identity", False)),
        *(("gzip;q=0.1, identity;q=0.9", False), ("gzip;q=nan", False), ("gzipped", False), ("x-gzip", True)),
        *(("*;q=0.5, gzip;q=0", False), (",,gzip ; q = 0.3,,", True)),
    ],
)
def test_wishes_for_packing_are_read(accepted: str, wanted: bool) -> None:
    assert packed(accepted) is wanted


def test_packed_texts_kept_in_memory_have_a_limit(tmp_path: Path) -> None:
    shelf, noise = Shelf(limit=30_000), os.urandom(10_000)
    (tmp_path / "noise").write_bytes(noise)
    descriptor = os.open(tmp_path / "noise", os.O_RDONLY)
    found = [Found(descriptor, f"{n}", len(noise), Version('"1"', datetime.now(UTC))) for n in range(20)]
    first = shelf.pack(found[0])
    assert shelf.pack(found[0]) is first, "packed once"
    for one in found:
        assert gzip.decompress(shelf.pack(one)) == noise
    assert shelf.pack(found[0]) is not first, "the oldest have left"
    assert shelf.held <= 30_000
    os.close(descriptor)


@pytest.mark.parametrize(
    ("path", "kind", "cache"),
    [
        ("feed.xml", "application/rss+xml; charset=utf-8", "public, max-age=60"),
        ("feed-matin.xml", "application/rss+xml; charset=utf-8", "public, max-age=60"),
        ("feeds.opml", "text/x-opml; charset=utf-8", "public, max-age=60"),
        ("episodes/x/transcript.html", "text/html; charset=utf-8", "public, max-age=60"),
        ("episodes/x/transcript.txt", "text/plain; charset=utf-8", "public, max-age=60"),
        ("episodes/x/conducteur.json", "application/json", "public, max-age=60"),
        ("app.webmanifest", "application/manifest+json", "public, max-age=60"),
        ("sw.js", "text/javascript; charset=utf-8", "no-cache"),
        ("worker.js", "text/javascript; charset=utf-8", "no-cache"),
        ("latest.json", "application/json", "no-cache"),
        ("broadcast/latest.json", "application/json", "no-cache"),
        ("broadcast/latest.wav", "audio/wav", "no-cache"),
        ("broadcast/latest.txt", "text/plain; charset=utf-8", "no-cache"),
        ("broadcast/radio-2025-06-07-matin.wav", "audio/wav", "public, max-age=60"),
        ("small.wav", "audio/wav", "public, max-age=60"),
        ("card.png", "image/png", "public, max-age=60"),
        ("card.jpg", "image/jpeg", "public, max-age=60"),
        ("episodes/x/radio-24k-1a2b3c4d.opus", "audio/ogg; codecs=opus", "public, max-age=31536000, immutable"),
        ("unknown.bin", "application/octet-stream", "public, max-age=60"),
    ],
)
def test_types_and_caching_by_name(path: str, kind: str, cache: str) -> None:
    for one in (headers(path), headers(f"https://radio.example/lac/{path}")):
        assert (one["Content-Type"], one["Cache-Control"]) == (kind, cache)


def test_every_answer_is_safe(port: int) -> None:
    for path in ("/", MP3, "/feed.xml", "/absent", "/%00", "/embed.html", "/episodes/x"):
        reply = ask(port, path)
        assert reply.headers["X-Content-Type-Options"] == "nosniff"
        assert reply.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
        assert "geolocation=()" in reply.headers["Permissions-Policy"]
        assert reply.headers["Server"] is None
        assert reply.headers["Date"]
        assert reply.headers["Strict-Transport-Security"] is None
    for path in ("/", "/abonner.html", "/episodes/x/", "/episodes/x/transcript.html"):
        assert ask(port, path).headers["Content-Security-Policy"] == "frame-ancestors 'none'"
    for path in ("/embed.html", "/episodes/x/embed.html"):
        assert ask(port, path).headers["Content-Security-Policy"] == "frame-ancestors *"


def test_other_sites_may_read_sounds_and_texts_and_show_pictures(port: int) -> None:
    shared = (
        MP3,
        "/small.wav",
        "/feed.xml",
        "/feeds.opml",
        "/episodes/x/transcript.vtt",
        "/episodes/x/transcript.html",
    )
    for path in (*shared, "/episodes/x/transcript.txt", "/latest.json"):
        reply = ask(port, path, Origin="https://player.example")
        assert reply.headers["Access-Control-Allow-Origin"] == "*"
        assert "Content-Range" in reply.headers["Access-Control-Expose-Headers"]
        assert reply.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    for path in ("/card.png", "/embed.html"):
        assert ask(port, path).headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    for path in ("/", "/sw.js"):
        assert ask(port, path).headers["Access-Control-Allow-Origin"] is None
        assert ask(port, path).headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_browser_asks_before_it_reads_a_part(port: int) -> None:
    sent = {"Origin": "https://player.example", "Access_Control_Request_Method": "GET"}
    reply = ask(port, MP3, "OPTIONS", Access_Control_Request_Headers="range", **sent)
    assert (reply.status, reply.body) == (204, b"")
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    assert "Range" in reply.headers["Access-Control-Allow-Headers"]
    assert "GET" in reply.headers["Access-Control-Allow-Methods"]
    assert ask(port, "/", "OPTIONS", **sent).headers["Access-Control-Allow-Origin"] is None


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "get", "CONNECT"])
def test_the_site_is_read_only(port: int, method: str) -> None:
    reply = ask(port, "/feed.xml", method, Content_Length="0")
    assert reply.status == 405
    assert reply.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_who_opens_a_feed_in_a_browser_is_told_how_to_subscribe(port: int) -> None:
    person = {"Sec_Fetch_Dest": "document", "Sec_Fetch_Mode": "navigate"}
    for path in ("/feed.xml", "/feed-matin.xml"):
        page, feed = ask(port, path, **person), ask(port, path)
        assert page.body.startswith(b"abonner.html")
        assert page.headers["Content-Type"] == "text/html; charset=utf-8"
        assert page.headers["Content-Security-Policy"] == "frame-ancestors 'none'"
        assert feed.body == FEED.encode()
        for reply in (page, feed):
            assert "Sec-Fetch-Dest" in reply.headers["Vary"]
        assert page.headers["ETag"] != feed.headers["ETag"]
        assert ask(port, path, If_None_Match=feed.headers["ETag"], **person).status == 200
    assert ask(port, "/feed.xml", Sec_Fetch_Dest="empty", Sec_Fetch_Mode="cors").body == FEED.encode()
    assert ask(port, "/latest.json", **person).headers["Content-Type"] == "application/json"


def test_a_feed_without_that_page_is_shown_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(FEED)
    (tmp_path / "404.html").write_text("<h1>Rien ici</h1>")
    with serving(tmp_path) as port:
        reply = ask(port, "/feed.xml", Sec_Fetch_Dest="document", Sec_Fetch_Mode="navigate")
        assert (reply.body, reply.headers["Vary"]) == (FEED.encode(), "Accept-Encoding")
        nothing = ask(port, "/absent.html")
        assert (nothing.status, nothing.body) == (404, b"<h1>Rien ici</h1>")


def test_a_file_that_is_replaced_is_served_anew(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text("un " * 300)
    with serving(tmp_path) as port:
        before = ask(port, "/", Accept_Encoding="gzip")
        (tmp_path / "next").write_text("deux " * 300)
        (tmp_path / "next").replace(page)
        after = ask(port, "/", Accept_Encoding="gzip", If_None_Match=before.headers["ETag"])
        assert gzip.decompress(after.body) == b"deux " * 300
        page.unlink()
        assert ask(port, "/").status == 404
