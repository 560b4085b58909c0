"""A real server on loopback, asked as podcast apps and browsers ask."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from audionews.errors import AudionewsError
from audionews.publish.serve import serve

SOUND = bytes(range(256)) * 1000
AUDIO = "/episodes/2025-06-07-matin/radio-2025-06-07-matin-1a2b3c4d.mp3"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    import uvicorn

    from audionews.publish.serve import create_app

    top = tmp_path_factory.mktemp("top")
    site, folder = top / "site", top / "site" / "episodes" / "2025-06-07-matin"
    folder.mkdir(parents=True)
    (top / "secret.txt").write_text("secret")
    (site / "link.txt").symlink_to(top / "secret.txt")
    (site / ".feed.xml.tmp").write_text("half")
    (site / "feed.xml").write_text("<rss/>")
    (site / "index.html").write_text("<h1>É</h1>")
    (site / "latest.mp3").write_bytes(SOUND)
    (site / "latest.json").write_text("{}")
    (site / "cover-1a2b3c4d.jpg").write_bytes(b"jpeg")
    (site / AUDIO[1:]).write_bytes(SOUND)
    for name in ("transcript.vtt", "transcript.srt", "chapters.json", "index.html"):
        (folder / name).write_text(name)
    (site / "assets").mkdir()
    (site / "assets" / "player-1a2b3c4d.js").write_text("1")
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(site), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield int(listening.getsockname()[1])
    server.should_exit = True
    thread.join(10)
    listening.close()


class Answer:
    def __init__(self, port: int, path: str, method: str = "GET", **sent: str) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in sent.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        response = connection.getresponse()
        self.status, self.headers, self.body = response.status, response.headers, response.read()
        connection.close()


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [
        ("bytes=0-1", 0, 2),
        ("bytes=100-299", 100, 300),
        ("bytes=255000-", 255_000, 256_000),
        ("bytes=-700", 255_300, 256_000),
        ("bytes=255990-999999", 255_990, 256_000),
        ("bytes=65530-131080", 65_530, 131_081),
        ("bytes=0-", 0, 256_000),
    ],
)
def test_ranges_are_exact(port: int, asked: str, start: int, stop: int) -> None:
    answer = Answer(port, AUDIO, Range=asked)
    assert answer.status == 206
    assert answer.body == SOUND[start:stop]
    assert answer.headers["Content-Range"] == f"bytes {start}-{stop - 1}/{len(SOUND)}"
    assert answer.headers["Content-Length"] == str(stop - start)
    assert answer.headers["Content-Type"] == "audio/mpeg"


def test_a_range_past_the_end(port: int) -> None:
    answer = Answer(port, AUDIO, Range="bytes=256000-")
    assert answer.status == 416
    assert answer.headers["Content-Range"] == "bytes */256000"


def test_a_whole_file_and_its_head(port: int) -> None:
    whole, head = Answer(port, AUDIO), Answer(port, AUDIO, "HEAD")
    assert (whole.status, whole.body) == (200, SOUND)
    assert (head.status, head.body) == (200, b"")
    for name in ("Content-Length", "Accept-Ranges", "ETag", "Last-Modified", "Content-Type"):
        assert head.headers[name] == whole.headers[name]
    assert whole.headers["Accept-Ranges"] == "bytes"


def test_an_unchanged_file_is_not_sent_again(port: int) -> None:
    first = Answer(port, "/feed.xml")
    for sent in ({"If_None_Match": first.headers["ETag"]}, {"If_Modified_Since": first.headers["Last-Modified"]}):
        again = Answer(port, "/feed.xml", **sent)
        assert (again.status, again.body) == (304, b"")
        assert again.headers["Cache-Control"] == "public, max-age=60"
    assert Answer(port, "/feed.xml", If_None_Match='"other"').status == 200


def test_a_changed_file_answers_a_range_with_all_of_it(port: int) -> None:
    assert Answer(port, AUDIO, Range="bytes=0-1", If_Range='"other"').body == SOUND
    tag = Answer(port, AUDIO, "HEAD").headers["ETag"]
    assert Answer(port, AUDIO, Range="bytes=0-1", If_Range=tag).body == SOUND[:2]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/feed.xml", "application/rss+xml; charset=utf-8"),
        ("/", "text/html; charset=utf-8"),
        ("/latest.json", "application/json"),
        ("/episodes/2025-06-07-matin/", "text/html; charset=utf-8"),
        ("/episodes/2025-06-07-matin/transcript.vtt", "text/vtt; charset=utf-8"),
        ("/episodes/2025-06-07-matin/transcript.srt", "application/x-subrip; charset=utf-8"),
        ("/episodes/2025-06-07-matin/chapters.json", "application/json+chapters"),
        ("/assets/player-1a2b3c4d.js", "text/javascript; charset=utf-8"),
        ("/cover-1a2b3c4d.jpg", "image/jpeg"),
    ],
)
def test_types(port: int, path: str, kind: str) -> None:
    answer = Answer(port, path)
    assert answer.status == 200
    assert answer.headers.get_all("Content-Type") == [kind]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_sharing_and_caching(port: int) -> None:
    folder = "/episodes/2025-06-07-matin"
    for path in (AUDIO, f"{folder}/transcript.vtt", f"{folder}/chapters.json"):
        assert Answer(port, path).headers["Access-Control-Allow-Origin"] == "*"
    assert Answer(port, AUDIO, Range="bytes=0-1").headers["Access-Control-Allow-Origin"] == "*"
    for path in ("/feed.xml", "/", "/latest.mp3", f"{folder}/", f"{folder}/transcript.vtt"):
        assert Answer(port, path).headers["Cache-Control"] == "public, max-age=60"
    for path in (AUDIO, "/cover-1a2b3c4d.jpg", "/assets/player-1a2b3c4d.js"):
        assert Answer(port, path).headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    "path",
    [
        "/%00",
        "/feed.xml%00",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/episodes/../../secret.txt",
        "/..%2fsecret.txt",
        "/link.txt",
        "/.feed.xml.tmp",
        "/absent",
        "/" + "a" * 5000,
        "//etc/passwd",
    ],
)
def test_paths_that_lead_nowhere(port: int, path: str) -> None:
    answer = Answer(port, path)
    assert answer.status in {400, 404}
    assert b"secret" not in answer.body
    assert b"half" not in answer.body


@pytest.mark.parametrize("path", ["/episodes/", "/assets/", "/episodes"])
def test_no_folder_is_listed(port: int, path: str) -> None:
    assert Answer(port, path).status == 404


def test_a_folder_without_slash_leads_to_its_page(port: int) -> None:
    answer = Answer(port, "/episodes/2025-06-07-matin")
    assert answer.status in {301, 307, 308}
    assert answer.headers["Location"].endswith("/episodes/2025-06-07-matin/")


def test_nothing_can_be_written(port: int) -> None:
    assert Answer(port, "/feed.xml", "POST").status == 405
    assert Answer(port, "/feed.xml", "DELETE").status == 405


def test_a_taken_port_is_told(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("x")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
        with pytest.raises(AudionewsError, match=f"127.0.0.1:{number}") as caught:
            serve(tmp_path, port=number)
    assert str(number + 1) in str(caught.value)


def test_no_site_yet_is_told(tmp_path: Path) -> None:
    with pytest.raises(AudionewsError, match="pas encore de site"):
        serve(tmp_path)


def test_serve_answers_until_it_is_stopped(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("bonjour")
    with socket.create_server(("127.0.0.1", 0)) as free:
        number = free.getsockname()[1]
    threading.Thread(target=serve, args=(tmp_path, "127.0.0.1", number), daemon=True).start()
    for _ in range(100):
        try:
            assert Answer(number, "/").body == b"bonjour"
            break
        except ConnectionRefusedError:
            time.sleep(0.05)
    else:
        pytest.fail("the server never answered")
