"""What a file is, and the pictures and proxies that browsers show of it. The doors are `types.py` and `work.py`."""
