"""The PostgreSQL that comes with Signoff: start, share, stop, survive kill -9. Linux and macOS."""
