"""The workload by which Signoff is measured, each figure beside the floor of the same run."""
