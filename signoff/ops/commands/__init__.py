"""One module for each word of the `signoff` command."""
