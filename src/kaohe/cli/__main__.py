"""`python -m kaohe.cli`: the command where it is not on the path."""

from kaohe.cli.app import main

main()
