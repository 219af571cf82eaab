"""Accuracy on texts with known pairs: ``python -m benchmarks.accuracy``, called as a script.

The parts are in the folder of the same name, which is what ``import accuracy`` finds.
"""

import sys

from accuracy.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
