"""`python -m actionplan`: the command, where its script is not on the path."""

import sys

from actionplan.command_line import main

sys.exit(main())
