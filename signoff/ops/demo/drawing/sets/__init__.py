"""Which deliverable of the tables gets which pictures. Tables only, keyed by job number and name."""
