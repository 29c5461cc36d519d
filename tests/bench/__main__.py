"""What the program must reach, each as a ratio in one run: `python -m tests.bench`.

Timings live here and in no test. Every figure stands beside a stated baseline that was
run on the same machine in the same minutes; single times depend on the machine.
"""

from tests.bench.running import main

if __name__ == "__main__":
    main(__doc__)
