"""Products that the workload can be put on: one module each, all with the functions of `base.Product`."""
