"""Files such as stations have in their drawers, made of the program's own music by ffmpeg."""

from __future__ import annotations

from pathlib import Path

from audionews import ffmpeg

MUSIC = "MUSIC"  # stands for the file the others are made of
LOOPED = ("-stream_loop", "-1", "-i", MUSIC)
SURROUND = "pan=5.1|FL=c0|FR=c1|FC=0.5*c0+0.5*c1|LFE=0.5*c0|BL=c1|BR=c0"
ONE_SIDED = "left.wav"
ODD: dict[str, tuple[str, ...]] = {
    "telephone.wav": (*LOOPED, "-t", "5", "-ac", "1", "-ar", "8000", "-c:a", "pcm_u8"),
    "blip.wav": (*LOOPED, "-t", "0.5"),
    "long.wav": (*LOOPED, "-t", "90"),
    "clipped.wav": (*LOOPED, "-t", "5", "-af", "volume=30dB"),
    "faint.wav": (*LOOPED, "-t", "5", "-af", "volume=-30dB"),
    "above-full-scale.wav": (*LOOPED, "-t", "5", "-af", "volume=20dB", "-c:a", "pcm_f32le"),
    "noise.wav": ("-f", "lavfi", "-i", "anoisesrc=c=white:a=0.5:d=5:r=48000:seed=1"),
    "tone.wav": ("-f", "lavfi", "-i", "sine=f=440:d=5:r=44100"),
    "hum.wav": ("-f", "lavfi", "-i", "sine=f=50:d=5:r=48000", "-af", "volume=15dB"),
    ONE_SIDED: (*LOOPED, "-t", "5", "-af", "pan=stereo|c0=c0"),
    "offset.wav": (*LOOPED, "-t", "5", "-af", "dcshift=0.2"),
    "late.wav": (*LOOPED, "-t", "5", "-af", "adelay=1500:all=1"),
    "surround.wav": (*LOOPED, "-t", "5", "-af", SURROUND),
    "studio.flac": (*LOOPED, "-t", "5", "-ar", "96000", "-sample_fmt", "s32"),
    "web.mp3": (*LOOPED, "-t", "5", "-ar", "44100", "-c:a", "libmp3lame", "-b:a", "64k"),
    "web.ogg": (*LOOPED, "-t", "5", "-c:a", "libvorbis"),
}

# What a listener might find fault with, and a station airs every day.
HARD: dict[str, tuple[str, ...]] = {
    "pips.wav": ("-f", "lavfi", "-i", "aevalsrc='0.3*sin(2*PI*1000*t)*lt(mod(t,1),0.1)':d=5:s=48000"),
    "pause.wav": (*LOOPED, "-t", "8", "-af", "volume=enable='between(t,2,6)':volume=0"),
    "out-of-phase.wav": (*LOOPED, "-t", "5", "-af", "pan=stereo|c0=c0|c1=-1*c0"),
}


def make(folder: Path, music: Path) -> None:
    """Write all of them into a folder."""
    for name, how in (ODD | HARD).items():
        ffmpeg.run(*(f"file:{music}" if one == MUSIC else one for one in how), f"file:{folder / name}")
