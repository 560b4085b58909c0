"""Timeline → one float WAV: the voice stem written sample by sample, then one ffmpeg graph for all layers."""

from __future__ import annotations

import wave
from collections.abc import Mapping
from pathlib import Path

from audionews import ffmpeg
from audionews.errors import AudionewsError
from audionews.model import Cue, Timeline, Track
from audionews.sound.jingles import frames
from audionews.sound.measure import METER, Loudness, measure, read_summary
from audionews.sound.synth import RATE

REFERENCE_LUFS = -16.0  # of the voice in the mix; the levels of `jingles.KINDS` go with it
VOICE_RATE = 24_000
DUAL_MONO_LU = 3.01  # one channel played on two loudspeakers (BS.1770 adds their powers)
FAINTEST_LUFS = -50.0  # below this the voice is not speech (the silence engine), and is left as it is


def write_stem(timeline: Timeline, run: Path, out: Path) -> None:
    """Write all the voice cues into one 24 kHz mono WAV, each at its sample; memory holds one clip at a time.

    Args:
        timeline: its voice cues name clips relative to `run`.
        run: the run folder.
        out: the WAV to write, as long as the timeline.

    Raises:
        AudionewsError: a clip is missing, not 24 kHz mono 16-bit, not as long as its cue, or talks over
            another one.
    """
    per_ms = VOICE_RATE // 1000
    written = 0
    with wave.open(str(out), "wb") as stem:
        stem.setparams((1, 2, VOICE_RATE, 0, "NONE", ""))
        for cue in timeline.cues:
            if cue.track is not Track.VOICE:
                continue
            silence = cue.start_ms * per_ms - written
            if silence < 0:
                raise _broken(cue, "commence avant la fin du précédent")
            stem.writeframes(bytes(2 * silence))
            stem.writeframes(_clip(run, cue, cue.duration_ms * per_ms))
            written += silence + cue.duration_ms * per_ms
        stem.writeframes(bytes(2 * max(0, timeline.duration_ms * per_ms - written)))


def _clip(run: Path, cue: Cue, count: int) -> bytes:
    try:
        with wave.open(str(run / cue.source), "rb") as clip:
            if clip.getparams()[:3] != (1, 2, VOICE_RATE):
                raise _broken(cue, "n’est pas en 24 kHz, mono, 16 bits")
            if clip.getnframes() != count:
                raise _broken(cue, "n’a pas la durée prévue au montage")
            return clip.readframes(count)
    except (OSError, EOFError, wave.Error) as error:
        raise _broken(cue, "manque ou n’est pas un fichier WAV") from error


def _broken(cue: Cue, what: str) -> AudionewsError:
    return AudionewsError(
        f"Le son {cue.source} (phrase « {cue.segment} ») {what}",
        "Refaites les voix : audionews build --from clips",
    )


def mix(timeline: Timeline, run: Path, sounds: Mapping[str, Path], out: Path) -> Loudness:
    """Mix voice, jingle, stings, beds and outro into a 44.1 kHz stereo float WAV, and measure it.

    Args:
        timeline: what is placed where.
        run: the folder the clips' paths start at.
        sounds: name of a sound → its WAV, as `jingles.prepare` gives them.
        out: the WAV to write; the stem is written beside it.

    Returns:
        The loudness of the mix; its true peak is not measured (−inf), for the master limits it.
    """
    stem = out.with_name("voice.wav")
    write_stem(timeline, run, stem)
    heard = measure(stem, peaks=False).integrated + DUAL_MONO_LU
    gain = REFERENCE_LUFS - heard if heard > FAINTEST_LUFS else 0.0
    others = [cue for cue in timeline.cues if cue.track is not Track.VOICE]
    inputs = [argument for cue in others for argument in ("-i", f"file:{sounds[cue.source]}")]
    _, log = ffmpeg.run(
        *("-i", f"file:{stem}", *inputs, "-filter_complex", graph(timeline, others, sounds, gain)),
        *("-map", "[out]", "-c:a", "pcm_f32le", "-fflags", "+bitexact", "-flags:a", "+bitexact"),
        f"file:{out}",
    )
    return read_summary(log, timeline.duration_ms)


def graph(timeline: Timeline, others: list[Cue], sounds: Mapping[str, Path], voice_gain: float) -> str:
    """Write the ffmpeg filter graph of a mix.

    Args:
        timeline: for its duration.
        others: the cues that are not voice, in the order of ffmpeg's inputs 1, 2…
        sounds: name of a sound → its WAV, for the length of the loops.
        voice_gain: in dB, from the clips' level to the reference.
    """
    total = timeline.duration_ms * RATE // 1000
    chains = [
        f"[0:a]aresample={RATE}:filter_size=64:cutoff=0.97:exact_rational=1:osf=fltp,volume={voice_gain:.2f}dB,"
        f"pan=stereo|c0=c0|c1=c0,apad=whole_len={total},atrim=end_sample={total}[a0]"
    ]
    for place, cue in enumerate(others, 1):
        chains.append(f"[{place}:a]{_layer(cue, frames(sounds[cue.source]))}[a{place}]")
    labels = "".join(f"[a{place}]" for place in range(len(others) + 1))
    chains.append(f"{labels}amix=inputs={len(others) + 1}:duration=first:normalize=0,{METER}[out]")
    return ";".join(chains)


def _layer(cue: Cue, length: int) -> str:
    """Loop, cut, fade and place one sound."""
    wanted = cue.duration_ms * RATE // 1000
    steps = ["aformat=sample_fmts=fltp:channel_layouts=stereo"]
    if wanted > length:
        steps.append(f"aloop=loop=-1:size={length}")
    steps.append(f"atrim=end_sample={wanted}")
    if cue.fade_in_ms:
        steps.append(f"afade=t=in:d={cue.fade_in_ms / 1000:.3f}")
    if cue.fade_out_ms:
        start = (cue.duration_ms - cue.fade_out_ms) / 1000
        steps.append(f"afade=t=out:st={start:.3f}:d={cue.fade_out_ms / 1000:.3f}:curve=qua")
    if cue.start_ms:
        steps.append(f"adelay={cue.start_ms}:all=1")
    return ",".join(steps)
