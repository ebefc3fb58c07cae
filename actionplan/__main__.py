"""`python -m actionplan`: the command, where its script is not on the path."""

from actionplan.command_line import run

run()
