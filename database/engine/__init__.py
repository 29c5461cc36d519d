"""The two engines made alike: connections, bulk writing, lists in SQL, files kept beside the
store.
"""
