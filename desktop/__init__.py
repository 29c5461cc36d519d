"""What the librarian sees and prints. Writes no SQL."""

import sys

__version__ = "0.1.0"

if sys.version_info < (3, 12):
    # PySide6 6.12 is built for Pythons where None, True and False are immortal; on 3.11 each
    # call that returns nothing takes one reference to None too many, until Python dies
    # ("none_dealloc"). References enough for any working day make the three as good as immortal.
    import ctypes

    for _single in (None, True, False):
        ctypes.c_ssize_t.from_address(id(_single)).value += sys.maxsize // 4
