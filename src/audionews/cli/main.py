"""The program `audionews`: its commands, and the one place where errors become a line and an exit code."""

from __future__ import annotations

import errno
import os
import sys

import click

from audionews import __version__
from audionews.cli.build import build
from audionews.cli.cache import cache
from audionews.cli.check import check
from audionews.cli.clean import clean
from audionews.cli.collect import collect
from audionews.cli.condense import condense
from audionews.cli.correct import correct, tidy, withdraw
from audionews.cli.hold import hold
from audionews.cli.init import init
from audionews.cli.inspect import engines, show
from audionews.cli.jingles import jingles
from audionews.cli.lexicon import lexicon
from audionews.cli.listen import serve
from audionews.cli.measure import measure
from audionews.cli.proof import proof
from audionews.cli.say import say
from audionews.cli.send import send
from audionews.cli.spoken import spoken
from audionews.cli.voices import voices
from audionews.errors import DISK_FULL, AudionewsError

EPILOG = """\b
Codes de sortie :
  0    fait (ou rien à faire : le bulletin était déjà publié)
  1    échec : rien n’a été publié, ce qui l’était reste en place
  2    la commande ou station.toml demande une chose impossible
  3    un autre « audionews build » travaille dans le même dossier
  4    une partie facultative n’est pas installée
  130  interrompu au clavier ; la prochaine commande reprendra
"""


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}, epilog=EPILOG)
@click.version_option(__version__, prog_name="audionews")
@click.option("--debug", is_flag=True, expose_value=False, help="Montrer la trace entière d’une erreur.")
def cli() -> None:
    """Des articles de presse en français au bulletin de radio, et à son flux de podcast.

    Pour commencer : « audionews init ma-station », puis « audionews build » dans ce dossier.
    """


for command in (
    *(init, collect, build, show, hold, correct, withdraw, send, tidy, serve, engines, voices, cache),
    *(measure, clean, condense, check, proof, spoken, say, lexicon, jingles),
):
    cli.add_command(command)


def main(arguments: list[str] | None = None) -> None:
    """Run the program and end the process with its exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    debug = "--debug" in given
    try:
        cli.main(args=[one for one in given if one != "--debug"], prog_name="audionews", standalone_mode=False)
        code = 0
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrompu. La même commande reprendra là où elle s’est arrêtée.", err=True)
        code = 130
    except AudionewsError as error:
        if debug:
            raise
        click.echo(f"Erreur : {error}", err=True)
        code = error.exit_code
    except BrokenPipeError:  # whoever read our output has gone (« | head »)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except OSError as error:
        if debug:
            raise
        full = (
            AudionewsError(*DISK_FULL)
            if error.errno == errno.ENOSPC
            else AudionewsError(str(error), "Vérifiez le disque")
        )
        click.echo(f"Erreur : {full}", err=True)
        code = full.exit_code
    except Exception as error:  # the last net: a fault of ours must still be one line, and loud
        if debug:
            raise
        click.echo(f"Erreur inattendue : {error!r}. Relancez avec --debug et signalez-la.", err=True)
        code = 1
    sys.exit(code)
