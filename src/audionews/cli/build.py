"""`audionews build`: the main job."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from audionews.cli import job as jobs

if TYPE_CHECKING:
    from audionews.desk.job import Job


@click.command(short_help="Fabriquer et publier le bulletin du jour.")
@click.argument("articles", nargs=-1, type=click.Path(path_type=Path))
@jobs.bulletin_options
@click.option(
    "--voice",
    metavar="MOTEUR[:VOIX]",
    help="Voix, par exemple kokoro, kokoro:im_nicola, gtts, espeak, silence.",
)
@click.option("--format", "form", metavar="NOM", help="Format : journal, flash, titres, magazine, ou le vôtre.")
@click.option("--from", "first", metavar="ÉTAPE", help="Refaire à partir de cette étape, même si rien n’a changé.")
@click.option("--until", "last", metavar="ÉTAPE", help="S’arrêter après cette étape.")
@click.option("--quiet", is_flag=True, help="Ne dire que les erreurs et le résultat.")
def build(
    articles: tuple[Path, ...],
    station_path: Path | None,
    day: datetime | None,
    edition: str | None,
    output: Path | None,
    voice: str | None,
    form: str | None,
    first: str | None,
    last: str | None,
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

    station = jobs.station(station_path, needed=not articles)
    plan = replace(jobs.job(station, day, edition, output, form, voice), articles=articles)
    with _Desk(quiet) as desk:
        pipeline.build(replace(plan, say=desk.say, progress=desk.progress), first or "", last or "")
    for line in report(plan, last or ""):
        click.echo(line)


def report(job: Job, last: str) -> list[str]:
    """Say in a few lines where the result is: the bulletin, or the files of the stage it stopped after."""
    from audionews.desk import codec, pipeline, stages
    from audionews.model import Episode
    from audionews.publish.render import spoken_length

    if last and last != pipeline.NAMES[-1]:
        stage = pipeline.STAGES[pipeline.NAMES.index(last)]
        return [str(job.run_folder / name) for name in stage.leaves]
    made = codec.load(job.run_folder / stages.EPISODE, Episode)
    levels = f"{made.loudness:.1f} LUFS, crête {made.true_peak:.1f} dBTP".replace(".", ",").replace("-", "−")
    return [
        f"Bulletin : {job.site / made.audio}",
        f"Durée    : {spoken_length(made.duration_ms)}",
        f"Niveau   : {levels}",
        f"Flux     : {job.site / 'feed.xml'}",
        f"Page     : {job.site / 'index.html'}  (pour l’écouter : audionews serve --output {job.output})",
    ]


class _Desk:
    """What the operator sees on standard error while the work goes on."""

    def __init__(self, quiet: bool) -> None:
        self.quiet = quiet
        self.bar: click._termui_impl.ProgressBar[int] | None = None

    def __enter__(self) -> _Desk:
        return self

    def __exit__(self, *_error: object) -> None:
        self._close()

    def say(self, message: str) -> None:
        if not self.quiet:
            self._close()
            click.echo(message, err=True)

    def progress(self, done: int, total: int) -> None:
        if self.quiet:
            return
        if self.bar is None:
            stream = click.get_text_stream("stderr")
            self.bar = click.progressbar(length=total, label="  phrases", file=stream, show_pos=True)
            self.bar.__enter__()
        self.bar.update(done - self.bar.pos)

    def _close(self) -> None:
        if self.bar is not None:
            self.bar.__exit__(None, None, None)
            self.bar = None
