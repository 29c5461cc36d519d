"""Real faults: programs killed in the middle, full disks, folders that go, servers that stop."""
