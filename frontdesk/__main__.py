"""`python -m frontdesk` is the command `frontdesk`."""

import sys

from frontdesk.cli import main

sys.exit(main())
