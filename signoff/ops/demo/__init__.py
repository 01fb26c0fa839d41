"""A studio at work, for trying Signoff and for its pictures. The tables are in `work/`, `people` and `house_rules`."""

from signoff.ops.demo.load import load_demo_studio
from signoff.ops.demo.people import DEMO_PEOPLE

__all__ = ["DEMO_PEOPLE", "load_demo_studio"]
