"""What never stands in a log: the links of letters and of guests, which let in whoever has them."""

import logging
import re

LINK = re.compile(r"(/(?:invitations/|password/new/|g/(?![0-9a-f-]{36}\b)))[^\s/?#\"']{20,}")


class WithoutLinks(logging.Filter):
    """Cuts the secret part out of addresses, wherever a line names one."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        cut = LINK.sub(r"\1…", said)
        if cut != said:
            record.msg, record.args = cut, ()
        return True
