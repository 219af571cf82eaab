"""What is found and what is not: recall, precision, curves and peers on texts with known pairs."""

import sys
from pathlib import Path

#: The folder of the scripts whose parts are used here; they import each other by name.
BENCHMARKS = Path(__file__).parents[1]

for _folder in (BENCHMARKS, BENCHMARKS / "peers"):
    if str(_folder) not in sys.path:
        sys.path.insert(0, str(_folder))
