"""Linux: a .deb for Debian and Ubuntu, a tarball for the others."""
