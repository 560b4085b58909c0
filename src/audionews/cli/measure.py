"""`audionews measure`: the house's own ears, for any file."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from audionews.cli import job as jobs
from audionews.errors import AudionewsError

if TYPE_CHECKING:
    from audionews.sound.ears import Report
    from audionews.sound.targets import Target

COLUMNS = ("durée", "Hz", "voies", "LUFS", "LRA", "dBTP", "max 400 ms", "max 3 s", "chapitres", "fichier")


@click.command(short_help="Écouter et mesurer des fichiers son.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FICHIER…")
@click.option(
    "--target",
    type=click.Choice(["podcast", "broadcast"]),
    help="Ce que le fichier doit être : le MP3 du podcast (−16 LUFS, −1 dBTP) ou le fichier d’antenne"
    " (−23 LUFS, −3 dBTP, 48 kHz) ; les niveaux sont ceux de la station s’il y en a une.",
)
@click.option(
    "--station",
    "station_path",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Fichier de la station. [défaut : station.toml du dossier courant, s’il existe]",
)
@click.option("--json", "raw", is_flag=True, help="Tout ce qui a été entendu, en JSON.")
def measure(files: tuple[Path, ...], target: str | None, station_path: Path | None, raw: bool) -> None:
    """Décoder des fichiers son et dire ce qu’on y entend.

    Niveau intégré (LUFS), étendue (LRA), vraie crête (dBTP), moments les plus forts, d’après ITU-R BS.1770 et
    EBU R 128 ; puis les défauts : écrêtage, silence de plus de 2,5 s, mots coupés net, voie muette, perte en mono,
    composante continue, MP3 sans en-tête, sujet trop fort ou trop faible, d’après les chapitres du fichier.

    \b
    Code de sortie : 1 si un fichier n’atteint pas la cible nommée par --target, ou ne peut pas être lu ; 0 sinon.
    """
    from audionews.sound import targets

    asked = _target(target, jobs.station(station_path, needed=False)) if target else None
    rows, good = [], True
    for path in files:
        try:
            report = _heard(path)
        except AudionewsError as error:
            good = False
            rows.append({"file": str(path), "error": str(error)})
            continue
        wrong = (*targets.faults(report, asked or targets.LISTENABLE), *targets.drifts(report))
        good = good and not (asked and wrong)
        rows.append(_row(report, wrong))
    if raw:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        _table(rows)
    if not good:
        raise SystemExit(1)


def _heard(path: Path) -> Report:
    from audionews.sound.ears import listen

    if not path.is_file():
        raise AudionewsError(f"{path} n’est pas un fichier", "Vérifiez son nom")
    try:
        return listen(path)
    except AudionewsError as error:
        raise AudionewsError(f"{path} ne peut pas être lu comme un son ({error.message})", error.hint) from error


def _target(name: str, station: Any) -> Target:
    from audionews.sound import targets

    choice = station.sound if name == "podcast" else station.broadcast
    make = targets.podcast if name == "podcast" else targets.broadcast
    return make(choice.loudness, choice.true_peak)


def _row(report: Report, faults: tuple[str, ...]) -> dict[str, Any]:
    heard = report.loudness
    return {
        "file": str(report.file.path),
        "kind": report.file.kind,
        "bytes": report.file.bytes,
        "duration_ms": heard.duration_ms,
        "rate": report.rate,
        "channels": report.channels,
        "integrated": _known(heard.integrated),
        "range": _known(heard.range),
        "true_peak": _known(heard.true_peak),
        "momentary": _known(heard.momentary),
        "short_term": _known(heard.short_term),
        "clipped": report.clipped,
        "silence_ms": report.silence_ms,
        "dc_db": _known(report.dc_db),
        "mono_db": _known(report.mono),
        "dead_channel": report.dead,
        "cuts_ms": list(report.cuts),
        "info_header": report.file.info,
        "chapters": [{"start_ms": one.start_ms, "title": one.title} for one in report.file.chapters],
        "drifts": [{"title": title, "lu": round(off, 2)} for title, off in report.drifts],
        "faults": list(faults),
    }


def _known(value: float) -> float | None:
    """Give a figure that JSON has a number for."""
    return round(value, 2) if math.isfinite(value) else None


def _table(rows: list[dict[str, Any]]) -> None:
    from audionews.sound.targets import number

    def figure(value: float | None) -> str:
        return "−∞" if value is None else number(value)

    lines = [COLUMNS]
    for row in rows:
        if "error" in row:
            continue
        minutes, seconds = divmod(row["duration_ms"] / 1000, 60)
        lines.append(
            (
                *(f"{minutes:.0f}:{seconds:06.3f}".replace(".", ","), str(row["rate"]), str(row["channels"])),
                *(figure(row[name]) for name in ("integrated", "range", "true_peak", "momentary", "short_term")),
                *(str(len(row["chapters"])), row["file"]),
            )
        )
    widths = [max(len(line[at]) for line in lines) for at in range(len(COLUMNS) - 1)]
    listed = iter(lines)
    if len(lines) > 1:
        click.echo(_line(next(listed), widths))
    for row in rows:
        if "error" in row:
            click.echo(f"Erreur : {row['error']}", err=True)
            continue
        click.echo(_line(next(listed), widths))
        for fault in row["faults"]:
            click.echo(f"  défaut : {fault}")


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    return "  ".join([*(cell.rjust(width) for cell, width in zip(cells, widths, strict=False)), cells[-1]])
