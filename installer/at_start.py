"""Runs inside the frozen program before anything else, to undo what freezing does to it."""

import importlib.util
import os
import sys
import types

# A program without a console has no streams on Windows; writing to None would be an error.
if sys.stdout is None:
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
if sys.stderr is None:
    sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115

# Our own libraries are loaded by now; a sound player or browser that we start needs the system's.
if "LD_LIBRARY_PATH" in os.environ:
    original = os.environ.pop("LD_LIBRARY_PATH_ORIG", "")
    if original:
        os.environ["LD_LIBRARY_PATH"] = original
    else:
        del os.environ["LD_LIBRARY_PATH"]

# These import the module of every country or language; a bare package of the same name lets
# those that we ask for be found alone.
for package in ("holidays.countries", "num2words", "snowballstemmer"):
    top, *rest = package.split(".")
    found = importlib.util.find_spec(top)
    if found is not None and found.submodule_search_locations:
        bare = types.ModuleType(package)
        bare.__path__ = [
            os.path.join(one, *rest)  # noqa: PTH118
            for one in found.submodule_search_locations
        ]
        sys.modules[package] = bare
