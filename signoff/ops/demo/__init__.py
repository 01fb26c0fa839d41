"""A studio at work, for trying Signoff and for its pictures. The tables are in `work/`, `people` and `house_rules`.

`load` writes the studio, `drawing` draws its files (without Django), `files` takes them in.
"""
