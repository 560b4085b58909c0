"""audionews: a day's French news articles in, a radio bulletin and its podcast feed out."""

import os

__version__ = "0.1.0"

# The products of matrices here are small: two threads of OpenBLAS need three times the processor that one does, since
# they wait for each other by spinning. It reads this once, when numpy is loaded; who has set it knows better.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
