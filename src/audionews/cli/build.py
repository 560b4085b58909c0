"""`audionews build`: the main job."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from audionews.cli import job as jobs

if TYPE_CHECKING:
    from audionews.desk.job import Job
    from audionews.voices.progress import Progress


@click.command(short_help="Fabriquer et publier le bulletin du jour.")
@click.argument("articles", nargs=-1, type=click.Path(path_type=Path))
@jobs.bulletin_options
@click.option(
    "--voice",
    metavar="MOTEUR[:VOIX]",
    help="Voix, par exemple kokoro, kokoro:im_nicola, gtts, espeak, silence.",
)
@click.option("--format", "form", metavar="NOM", help="Format : journal, flash, titres, magazine, ou le vôtre.")
@click.option(
    "--slot",
    metavar="MINUTES:SECONDES",
    help="Durée exacte à l’antenne, par exemple 3:00. [défaut : celle de la station, s’il y en a une]",
)
@click.option("--from", "first", metavar="ÉTAPE", help="Refaire à partir de cette étape, même si rien n’a changé.")
@click.option("--until", "last", metavar="ÉTAPE", help="S’arrêter après cette étape.")
@click.option(
    "--workers",
    metavar="NOMBRE|dask://HÔTE:PORT",
    help="Qui fait les voix : tant de fils d’exécution ici, ou une grappe Dask. [défaut : ceux de la station]",
)
@click.option("--quiet", is_flag=True, help="Ne dire que les erreurs et le résultat.")
def build(
    articles: tuple[Path, ...],
    station_path: Path | None,
    day: datetime | None,
    edition: str | None,
    output: Path | None,
    voice: str | None,
    form: str | None,
    slot: str | None,
    first: str | None,
    last: str | None,
    workers: str | None,
    quiet: bool,
) -> None:
    """Fabriquer et publier un bulletin à partir d’articles de presse.

    ARTICLES : des fichiers ou des dossiers de .txt, .md, .html, .json, .jsonl. Sans eux, les sources de la
    station. La même date et la même édition construites deux fois ne font qu’un seul épisode ; ce qui n’a pas
    changé n’est pas refait, et un texte corrigé à la main est gardé.

    \b
    Étapes, dans l’ordre : articles, rundown (conducteur), script (texte), clips (voix),
    timeline (montage), bulletin (mixage), episode (publication).
    Pour relire avant de faire lire : audionews build --until script, corrigez le fichier
    3-script.txt qui est nommé, puis audionews build.
    """
    from audionews.desk import pipeline

    station = jobs.with_workers(jobs.station(station_path, needed=not articles), workers)
    station = jobs.with_slot(station, slot)
    plan = replace(jobs.job(station, day, edition, output, form, voice), articles=articles)
    with _Desk(quiet) as desk:
        pipeline.build(replace(plan, say=desk.say, progress=desk.progress), first or "", last or "")
    for line in report(plan, last or ""):
        click.echo(line)


def report(job: Job, last: str) -> list[str]:
    """Say in a few lines where the result is: the bulletin, or the files of the stage it stopped after."""
    from audionews.desk import codec, pipeline, slots, stages, views
    from audionews.desk.workspace import Workspace
    from audionews.model import Bulletin, Episode
    from audionews.publish.render import spoken_length

    if last and last != pipeline.NAMES[-1]:
        stage = pipeline.STAGES[pipeline.NAMES.index(last)]
        return [str(job.run_folder / name) for name in stage.leaves]
    made = codec.load(job.run_folder / stages.EPISODE, Episode)
    mixed = codec.load(job.run_folder / stages.BULLETIN, Bulletin)
    run = Workspace(job.run_folder).run
    levels = f"{made.loudness:.1f} LUFS, crête {made.true_peak:.1f} dBTP".replace(".", ",").replace("-", "−")
    return [
        f"Bulletin : {job.site / made.audio}",
        f"Durée    : {spoken_length(made.duration_ms)}",
        f"Niveau   : {levels}",
        *(f"Créneau  : {line}" for line in slots.slot(run.slot)[:1]),
        *(f"Voix     : {line}" for line in views.service(run.voices)),
        *(f"Antenne  : {job.run_folder / one.path}" for one in mixed.recordings if one.kind == "broadcast"),
        f"Flux     : {job.site / 'feed.xml'}",
        f"Page     : {job.site / 'index.html'}  (pour l’écouter : audionews serve --output {job.output})",
    ]


BAR = 10  # characters
COLUMNS = 80  # of a terminal that does not tell


class _Desk:
    """What the operator sees on standard error while the work goes on: a bar only where there is a terminal."""

    def __init__(self, quiet: bool) -> None:
        self.quiet = quiet
        self.bar: click._termui_impl.ProgressBar[int] | None = None
        self.start = 0.0
        self.told = ""

    def __enter__(self) -> _Desk:
        return self

    def __exit__(self, *_error: object) -> None:
        self._close()

    def say(self, message: str) -> None:
        if not self.quiet:
            self._close()
            click.echo(message, err=True)

    def progress(self, now: Progress) -> None:
        stream = click.get_text_stream("stderr")
        if self.quiet or not stream.isatty():
            return
        if not now.made_ms:  # the work begins, or begins again with the engine that takes over
            self._close()
            self.start = time.monotonic()
        columns = os.get_terminal_size(stream.fileno()).columns or COLUMNS
        room = columns - BAR - len(f"  []  {now.done}/{now.total}  ") - 1
        self.told = cut(told(now, time.monotonic() - self.start), room)
        if self.bar is None:
            self.bar = click.progressbar(
                length=now.total,
                file=stream,
                show_pos=True,
                show_eta=False,
                show_percent=False,
                width=BAR,
                item_show_func=lambda _item: self.told,
            )
            self.bar.__enter__()
        self.bar.update(now.done - self.bar.pos)
        self.bar.render_progress()

    def _close(self) -> None:
        if self.bar is not None:
            self.bar.__exit__(None, None, None)
            self.bar = None


def told(now: Progress, seconds: float) -> str:
    """Say how far the voices are: sound made, speed against real time, how long it will still take, which engines."""
    engines = dict.fromkeys(one.partition(":")[0] for one in now.voices.split(", "))
    parts = [f"{now.made_ms / 1000:.0f} s de son"]
    speed = now.made_ms / 1000 / seconds if seconds > 0 else 0.0
    if speed:
        left = round(now.left_ms / 1000 / speed)
        parts += [f"{speed:.1f} × le temps réel".replace(".", ","), f"reste {left // 60}:{left % 60:02d}"]
    return ", ".join([*parts, *engines])


def cut(text: str, most: int) -> str:
    """Give what goes into that many columns: a bar that is longer than its line is drawn on a new one each time."""
    return text if len(text) <= most else text[: max(0, most - 1)] + "…"
