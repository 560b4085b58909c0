"""A short programme with its clips and sounds, made by numpy alone, for the tests of mix and masters."""

from __future__ import annotations

import hashlib
import wave
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from audionews import ffmpeg
from audionews.model import Bulletin, Clip, Cue, Role, Script, Segment, Timeline, Track
from audionews.sound.bulletin import produce
from audionews.sound.meter import Meter
from audionews.sound.mix import Mix
from audionews.sound.notice import Notice
from audionews.sound.takes import take
from audionews.sound.timeline import arrange
from audionews.station import Identity, Station

Wave = NDArray[np.float64]
Samples = NDArray[np.float32]  # (channels, n)
Voice = Callable[[int, int], Wave]  # length in ms, seed → samples at 24 kHz

RATE, CLIP_RATE = 48_000, 24_000
BAMAKO = ZoneInfo("Africa/Bamako")
STATION = Station(folder=Path(), identity=Identity(name="Radio de démonstration"))
NAME = "radio-de-demonstration-2025-06-07-matin"
NOTICE = Notice(
    title="Journal du matin, samedi 7 juin 2025",
    station="Radio de démonstration",
    comment="Voix de synthèse. Sources : L’Essor.",
    cover=b"\xff\xd8\xff\xe0" + bytes(2000),
    air=datetime(2025, 6, 7, 7, 0, tzinfo=BAMAKO),
    until=datetime(2025, 6, 8, 7, 0, tzinfo=BAMAKO),
    name=NAME,
    page="https://radio.example/episodes/2025-06-07-matin/",
)
SEGMENTS = (
    Segment("ouverture-1-1", Role.OPENING, "Bonjour, voici les titres."),
    Segment("titre-marche-1", Role.HEADLINE, "Le marché rouvre ses portes.", "marche"),
    Segment("titre-route-1", Role.HEADLINE, "La route de Kati est coupée.", "route"),
    Segment("virgule-1", Role.STING),
    Segment("sujet-marche-1", Role.STORY, "Le marché a rouvert ce matin.", "marche"),
    Segment("sujet-marche-2", Role.STORY, "Les commerçantes y reviennent peu à peu.", "marche"),
    Segment("virgule-2", Role.STING),
    Segment("sujet-route-1", Role.STORY, "La route est coupée à la sortie de Kati.", "route"),
    Segment("sujet-route-2", Role.STORY, "Une déviation passe par le pont neuf.", "route"),
    Segment("fermeture-1-1", Role.CLOSING, "C’était le journal du matin. À demain\u00a0!"),
)
SCRIPT = Script("2025-06-07-matin", "Journal du matin", date(2025, 6, 7), SEGMENTS)
TITLES = {"marche": "À Ségou, «\u00a0le marché\u00a0» rouvre", "route": "La route coupée"}
URLS = {"marche": "https://presse.example/marche"}
# One story and no more, for what has to be made over and over.
BRIEF = Script(
    "2025-06-07-matin",
    "Journal du matin",
    date(2025, 6, 7),
    (Segment("sujet-marche-1", Role.STORY, "Le marché a rouvert ce matin.", "marche"),),
)
LEVELS = {"jingle": (3.0, -17.0), "sting": (0.8, -20.0), "bed": (6.0, -24.0), "outro": (2.5, -17.0)}  # seconds, LUFS


def speech(duration_ms: int, seed: int) -> Wave:
    """Sound with the shape of speech: a gliding voice of many harmonics in four syllables a second."""
    t = np.arange(duration_ms * 24) / CLIP_RATE
    pitch = 2 * np.pi * np.cumsum(190 + 25 * np.sin(2 * np.pi * 0.7 * t + seed)) / CLIP_RATE
    voice = sum((np.sin(n * pitch) / n for n in range(1, 18)), np.zeros(len(t)))
    hiss = np.random.default_rng(seed).standard_normal(len(t))
    syllable = np.abs(np.sin(2 * np.pi * 2.1 * t)) ** 1.5
    sound: Wave = (voice * syllable + 0.15 * hiss * (1 - syllable)) * 0.16
    # Clips begin and end in silence, as a voice leaves them; and with a sound that is heard, so that cuts are too.
    edge = np.minimum(1, np.minimum(np.arange(len(t)), np.arange(len(t))[::-1]) / 240)
    return sound * edge


def clicks(duration_ms: int, seed: int) -> Wave:
    """Speech so soft that the clicks in it, four a second, stand far above."""
    sound = 0.05 * speech(duration_ms, seed)
    sound[::6000] = 0.9
    return sound


def silence(duration_ms: int, _seed: int) -> Wave:
    """What the silence engine gives."""
    return np.zeros(duration_ms * 24)


def tone(hz: float, seconds: float, amplitude: float = 0.3, rate: int = RATE) -> Wave:
    """Give a sine."""
    made: Wave = amplitude * np.sin(2 * np.pi * hz * np.arange(round(seconds * rate)) / rate)
    return made


def write_wav(path: Path, sound: Wave, rate: int = CLIP_RATE) -> Path:
    """Write 16-bit PCM of (n,) or (channels, n)."""
    rows = np.atleast_2d(sound)
    with wave.open(str(path), "wb") as out:
        out.setparams((len(rows), 2, rate, 0, "NONE", ""))
        out.writeframes(np.round(np.clip(rows.T, -1, 1) * 32767).astype("<i2").tobytes())
    return path


def read_wav(path: Path) -> Samples:
    """Read PCM of 16 or 24 bits, full scale at ±1, (channels, n)."""
    with wave.open(str(path), "rb") as sound:
        channels, width = sound.getnchannels(), sound.getsampwidth()
        raw = np.frombuffer(sound.readframes(sound.getnframes()), np.uint8).reshape(-1, width)
    wide = np.zeros((len(raw), 4), np.uint8)
    wide[:, 4 - width :] = raw
    return (wide.view("<i4").reshape(-1, channels).T / np.float64(2**31)).astype(np.float32)


def decode(path: Path, channels: int = 2) -> Samples:
    """Decode any file by ffmpeg, at its own rate."""
    raw, _ = ffmpeg.run("-i", f"file:{path}", "-map", "0:a", "-f", "f32le", "-ac", str(channels), "-")
    return np.ascontiguousarray(np.frombuffer(raw, "<f4").reshape(-1, channels).T)


def loudness_of(sound: Samples, rate: int = RATE) -> float:
    """Give LUFS of a stereo sound, or of one that is played on two loudspeakers."""
    meter = Meter(rate, (1.0, 1.0), None)
    meter.feed(sound.astype(np.float32))
    meter.end()
    return meter.loudness().integrated


def make_sounds(folder: Path) -> dict[str, Path]:
    """Make jingle, sting, bed and outro: chords whose two channels differ, each at its loudness."""
    made = {}
    for number, (name, (seconds, lufs)) in enumerate(LEVELS.items()):
        t = np.arange(round(seconds * RATE)) / RATE
        channels = [
            sum((np.sin(2 * np.pi * hz * t + turn * k) for k, hz in enumerate((220, 277, 330, 660))), np.zeros(len(t)))
            for turn in (0.0, 0.4 + number)
        ]
        chord = np.array(channels) * (0.8 + 0.2 * np.sin(2 * np.pi * 3 * t))
        if name != "bed":  # it is looped
            chord *= np.minimum(1, np.minimum(t, t[::-1]) / 0.05)
        found = loudness_of((0.1 * chord).astype(np.float32))
        made[name] = write_wav(folder / f"{name}.wav", 0.1 * chord * 10 ** ((lufs - found) / 20), RATE)
    return made


def lengths(sounds: dict[str, Path]) -> dict[str, int]:
    """Give the length of each sound in ms."""
    found = {}
    for name, path in sounds.items():
        with wave.open(str(path), "rb") as sound:
            found[name] = sound.getnframes() * 1000 // RATE
    return found


@dataclass(frozen=True)
class Room:
    """A run folder with its clips, and all that is needed to make its bulletin."""

    run: Path
    sounds: dict[str, Path]
    script: Script
    clips: tuple[Clip, ...]
    timeline: Timeline

    def produce(
        self, station: Station = STATION, notice: Notice = NOTICE, say: Callable[[str], None] = lambda _line: None
    ) -> Bulletin:
        return produce(self.script, self.timeline, self.run, station, self.sounds, notice, say)

    def mix(self, timeline: Timeline | None = None) -> Mix:
        timeline = timeline or self.timeline
        return Mix(timeline, take(timeline, self.run, self.run), self.sounds)

    def voices(self) -> list[Cue]:
        return on(self.timeline, Track.VOICE)

    def files(self) -> dict[str, str]:
        """Give the digest of each file but the clips."""
        return {name: digest for name, digest in digests(self.run).items() if not name.startswith("4-clips/")}


def furnish(run: Path, sounds: dict[str, Path], voice: Voice = speech, script: Script = SCRIPT) -> Room:
    """Make a run folder with one clip for each sentence, of odd lengths."""
    (run / "4-clips").mkdir(parents=True)
    clips = []
    for number, one in enumerate(one for one in script.segments if one.role is not Role.STING):
        path, length = f"4-clips/{one.id}.wav", 2401 + 97 * number
        write_wav(run / path, voice(length, number))
        clips.append(Clip(one.id, path, length, one.text, "test", ""))
    placed = arrange(script, tuple(clips), lengths(sounds), TITLES, URLS)
    return Room(run, sounds, script, tuple(clips), placed)


@cache
def finished(base: Path) -> tuple[Room, Bulletin]:
    """Make the programme and all its files once for all modules, below a folder; nobody changes anything there."""
    folder = base / "finished"
    folder.mkdir()
    room = furnish(folder / "run", make_sounds(folder))
    return room, room.produce()


def on(timeline: Timeline, *tracks: Track) -> list[Cue]:
    """Give the cues of some tracks."""
    return [cue for cue in timeline.cues if cue.track in tracks]


def only(timeline: Timeline, *tracks: Track) -> Timeline:
    """Leave the cues of some tracks in their places."""
    return replace(timeline, cues=tuple(on(timeline, *tracks)))


def rendered(mix: Mix) -> Samples:
    """Give the whole of a mix, in stereo."""
    blocks = [layers.sum for layers in mix.layers()]
    return np.concatenate([np.broadcast_to(one, (2, one.shape[1])) for one in blocks], axis=1)


def digests(folder: Path) -> dict[str, str]:
    """Give the SHA-256 of each file below a folder."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def db(linear: float) -> float:
    """Give a level in dB."""
    return float(20 * np.log10(linear)) if linear > 0 else -np.inf


def power_db(sound: Samples) -> float:
    """Give the mean power of a sound in dB of full scale."""
    return float(10 * np.log10(max(1e-30, np.square(sound, dtype=np.float64).mean())))


def mpeg_frames(content: bytes) -> Iterator[bytes]:
    """Walk the frames of a layer III file at 48 (MPEG-1) or 24 kHz (MPEG-2) after its ID3v2 tag, by their own heads."""
    place = 0
    if content.startswith(b"ID3"):
        place = 10 + (content[6] << 21 | content[7] << 14 | content[8] << 7 | content[9])
    full = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
    half = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
    while place < len(content):
        head = content[place : place + 4]
        assert head[0] == 0xFF
        assert head[1] & 0xF6 == 0xF2, "layer III"
        assert head[2] >> 2 & 3 == 1, "48 or 24 kHz"
        whole = head[1] >> 3 & 1
        rates: Sequence[int] = full if whole else half
        length = (144_000 if whole else 72_000) * rates[head[2] >> 4] // (48_000 if whole else 24_000)
        length += head[2] >> 1 & 1
        yield content[place : place + length]
        place += length
