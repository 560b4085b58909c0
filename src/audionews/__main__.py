"""`python -m audionews`: the same program as `audionews`."""

from audionews.cli.main import main

main()
