"""The child's side: decoders. Only the child process imports what is here, after its limits are set."""
