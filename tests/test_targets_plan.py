"""What travels, and in which order; what is refused before anything does."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audionews.desk import sending
from audionews.errors import AudionewsError, UsageError
from audionews.settings import parse
from audionews.targets import local, state
from audionews.targets.choice import Target, read
from audionews.targets.place import check_path
from audionews.targets.plan import Plan, plan, rank
from tests.target_servers import files_of, is_whole, make_job, make_site

HEADS = {"feed.xml", "feed-matin.xml"}


def digests(files: dict[str, bytes]) -> dict[str, str]:
    return {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}


def steps(todo: Plan) -> list[tuple[str, str]]:
    return [
        *(("delete", path) for path in todo.withdrawn),
        *(("put", path) for path in todo.sent),
        *(("delete", path) for path in todo.deletes),
    ]


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, bytes]]:
    """Give the site of several days: bulletins come, and one is withdrawn."""
    folder = tmp_path_factory.mktemp("days")
    asked: list[tuple[int, tuple[int, ...]]] = [(1, ()), (2, ()), (3, ()), (4, (2,)), (5, (2, 5))]
    return [files_of(make_site(folder, number, drop)) for number, drop in asked]


@given(data=st.data())
def test_a_transfer_that_breaks_off_anywhere_leaves_a_feed_whose_sounds_are_there(
    data: st.DataObject, days: list[dict[str, bytes]]
) -> None:
    there: dict[str, bytes] = {"foreign.html": b"of somebody else", "episodes/old.mp3": b"too"}
    sent: dict[str, str] = {}
    for number in data.draw(st.lists(st.integers(0, len(days) - 1), min_size=1, max_size=5)):
        site = days[number]
        todo = plan(digests(site), sent, HEADS)
        done = steps(todo)
        broken = data.draw(st.integers(0, len(done)))
        sent |= dict.fromkeys((*todo.sent, *todo.deleted), state.UNSURE)
        for act, path in done[:broken]:
            if act == "put":
                there[path], sent[path] = site[path], digests(site)[path]
            else:
                del sent[path]
                there.pop(path, None)
            assert is_whole(there)
    last = plan(digests(site), sent, HEADS)
    for act, path in steps(last):
        there.pop(path, None) if act == "delete" else there.update({path: site[path]})
    foreign = {"foreign.html": b"of somebody else", "episodes/old.mp3": b"too"}
    assert there == site | foreign


def test_what_names_a_file_travels_after_it() -> None:
    ordered = [
        *("episodes/a/bulletin-1.mp3", "broadcast/radio-a.wav", "episodes/a/index.html", "broadcast/latest.wav"),
        *("broadcast/latest.json", "archives/feed-1.xml", "feed-matin.xml", "feed.xml"),
    ]
    assert [rank(path, HEADS) for path in ordered] == list(range(8))
    assert rank("episodes/a/transcript.vtt") == rank("player-1234abcd.js") == rank("search/2025-06.json") == 0
    assert rank("sw.js") == rank("recherche.html") == rank("index.html") == 2
    assert rank("latest.mp3") == rank("broadcast/latest.html") == 3
    assert rank("feeds.opml") == 6
    assert rank("archives/feed-matin-1.xml", HEADS) == 5


def test_latest_that_is_no_more_goes_before_anything_comes() -> None:
    todo = plan({"feed.xml": "1"}, {"broadcast/latest.wav": "2", "broadcast/latest.json": "3", "old.mp3": "4"}, HEADS)
    assert todo.withdrawn == ("broadcast/latest.json", "broadcast/latest.wav")
    assert todo.deletes == ("old.mp3",)


def test_nothing_is_to_do_when_all_is_there() -> None:
    assert not plan({"feed.xml": "1"}, {"feed.xml": "1"})


@pytest.mark.parametrize(
    "path",
    ["../feed.xml", "a/../../b", "/etc/passwd", "a//b", ".", "a/./b", "", "a\\..\\b", "a\nb", "a\0b", "x?y", "x#y"],
)
def test_a_path_that_leads_elsewhere_is_refused(path: str) -> None:
    with pytest.raises(AudionewsError, match="ne peut pas être envoyé"):
        check_path(path)
    with pytest.raises(AudionewsError, match="ne peut pas être envoyé"):
        plan({"feed.xml": "1"}, {path: "2"})  # a state file that was tampered with deletes nothing outside


def test_unchanged_files_are_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = make_site(tmp_path)
    read_files: list[str] = []
    real = local._hash

    def reading(path: str) -> str:
        read_files.append(path)
        return real(path)

    monkeypatch.setattr(local, "_hash", reading)
    first = local.read_site(site, tmp_path / "sent")
    assert first.digests == digests(files_of(site))
    assert len(read_files) == len(first.digests)
    (site / "index.html").write_bytes(b"changed")
    second = local.read_site(site, tmp_path / "sent")
    assert read_files[len(first.digests) :] == [str(site / "index.html")]
    assert second.digests == digests(files_of(site))


def test_hidden_files_and_links_are_not_of_the_site(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    (site / ".feed.xml.tmp").write_bytes(b"half")
    (site / ".well").mkdir()
    (site / ".well" / "x").write_bytes(b"x")
    (site / "passwd").symlink_to("/etc/passwd")
    (site / "etc").symlink_to("/etc")
    found = local.read_site(site, tmp_path / "sent").digests
    assert not [path for path in found if "passwd" in path or path.startswith((".", "etc"))]


def test_a_lost_site_empties_no_target(tmp_path: Path) -> None:
    (tmp_path / "www").mkdir()
    job = make_job(tmp_path, {"url": str(tmp_path / "www")})
    make_site(tmp_path)
    sending.deliver(job)
    before = files_of(tmp_path / "www")
    for path in sorted((tmp_path / "output" / "site").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    with pytest.raises(AudionewsError, match="encore rien de publié"):
        sending.deliver(job)
    assert files_of(tmp_path / "www") == before


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b'{"target": 1, "files": {}}', b'{"files": {"a": 1}}', b"\xff"])
def test_a_damaged_state_means_that_everything_is_sent_again_and_nothing_deleted(tmp_path: Path, text: bytes) -> None:
    target = Target("www", "folder", "www", path="www")
    (tmp_path / "www.json").write_bytes(text)
    (tmp_path / local.CACHE).write_bytes(text)
    assert state.load(target, tmp_path).files == {}
    assert local.read_site(make_site(tmp_path), tmp_path).digests


def choices(*tables: dict[str, Any]) -> tuple[Target, ...]:
    station = parse({"target": list(tables)}, Path("/station"))
    return read(station.targets, station.folder, Path("/station/output/site"))


@pytest.mark.parametrize(
    ("url", "kind", "host", "path", "name"),
    [
        ("../www", "folder", "", "/www", "www"),
        ("/var/www/été #1", "folder", "", "/var/www/été #1", "var-www-ete-1"),
        ("file:///var/www%20x", "folder", "", "/var/www x", "var-www-x"),
        ("s3://Radio.Lac/site/", "s3", "Radio.Lac", "/site", "radio-lac-site"),
        ("sftp://u@host.example:2222/~/www", "sftp", "host.example", "/~/www", "host-example-www"),
        ("davs://u%40x@[::1]:8443/dav", "webdav", "[::1]", "/dav", "1-dav"),
        ("ftp://host/www", "ftp", "host", "/www", "host-www"),
    ],
)
def test_addresses_are_read(url: str, kind: str, host: str, path: str, name: str) -> None:
    one = choices({"url": url})[0]
    assert (one.kind, one.host, one.path, one.name) == (kind, host, path, name)


SECRET = "hunter2-s3cr3t"


@pytest.mark.parametrize(
    "table",
    [
        {"url": f"sftp://u:{SECRET}@host/www"},
        {"url": f"webdavs://:{SECRET}@host/www"},
        {"url": f"s3://bucket/x?secret={SECRET}"},
        {"url": f"sftp://u%3A{SECRET}@host/www"},
        {"url": "s3://b", "options": {"key": SECRET}},
        {"url": "s3://b", "options": {"secret": SECRET}},
        {"url": "s3://b", "options": {"token": SECRET}},
        {"url": "s3://b", "options": {"client_kwargs": {"aws_secret_access_key": SECRET}}},
        {"url": "s3://b", "options": {"client_kwargs": {"awsSecretAccessKey": SECRET}}},
        {"url": "s3://b", "options": {"endpoint_url": f"https://u:{SECRET}@host/"}},
        {"url": "s3://b", "options": {"config_kwargs": {"proxies": {"http": f"http://u:{SECRET}@proxy"}}}},
        {"url": "sftp://u@h/x", "options": {"password": SECRET}},
        {"url": "sftp://u@h/x", "options": {"PASSPHRASE": SECRET}},
        {"url": "az://b", "options": {"connection_string": SECRET}},
        {"url": "ftp://b", "options": {"api_key": SECRET}},
    ],
)
def test_a_secret_in_the_station_file_is_refused_and_not_repeated(table: dict[str, Any]) -> None:
    with pytest.raises(UsageError) as caught:
        choices(table)
    assert SECRET not in str(caught.value)
    assert "AUDIONEWS_" in caught.value.hint


def test_options_that_only_name_files_are_no_secrets() -> None:
    options = {"key_filename": "~/.ssh/id_ed25519", "look_for_keys": False, "known_hosts": "known_hosts"}
    assert choices({"url": "sftp://u@h/x", "options": options})[0].options == options


@pytest.mark.parametrize(
    ("tables", "words"),
    [
        ([{"url": ""}], "ne se lit pas"),
        ([{"url": "radio:hunter2@host:/www"}], "^(?!.*hunter2).*ne se lit pas"),
        ([{"url": "sftp:/u:hunter2@host/www"}], "^(?!.*hunter2).*ne se lit pas"),
        ([{"url": "host:/www"}], "ne se lit pas"),
        ([{"url": "s3:///x"}], "ni serveur ni dépôt"),
        ([{"url": "sftp://host:99999/x"}], "ne se lit pas"),
        ([{"url": "sftp://[::1/x"}], "ne se lit pas"),
        ([{"url": "sftp://host/a/../../b"}], "n’est pas permis"),
        ([{"url": "file://host/x"}], "chemin absolu"),
        ([{"url": "output/site"}], "l’un dans l’autre"),
        ([{"url": "output"}], "l’un dans l’autre"),
        ([{"url": "output/site/copie"}], "l’un dans l’autre"),
        ([{"url": "a", "name": "Même"}, {"url": "b", "name": "même"}], "deux cibles"),
    ],
)
def test_targets_that_cannot_be_are_refused(tables: list[dict[str, Any]], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        choices(*tables)


def test_a_name_that_is_no_target_is_told_with_the_nearest(tmp_path: Path) -> None:
    job = make_job(tmp_path, {"url": "../www", "name": "hébergeur"})
    with pytest.raises(UsageError, match="hebergeur"):
        sending.deliver(job, ["heberger"])


def test_a_target_whose_address_changes_gets_everything(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        sending.deliver(make_job(tmp_path, {"url": str(tmp_path / name), "name": "www"}))
        assert files_of(tmp_path / name) == files_of(site)
    assert sorted(one.name for one in (tmp_path / "output" / "sent").iterdir()) == [local.CACHE, "www.json"]


def test_an_unknown_protocol_is_told(tmp_path: Path) -> None:
    make_site(tmp_path)
    with pytest.raises(UsageError, match="n’est pas un système de fichiers connu"):
        sending.deliver(make_job(tmp_path, {"url": "pigeon://bird/x"}))
