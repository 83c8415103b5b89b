"""What readers do, appended to files by the web processes and counted later, each event once.

``Spool`` takes records in; ``lib.spool.draining.drain`` gives each batch of them to a function that counts.
"""

from lib.spool.files import Batch, Spool

__all__ = ["Batch", "Spool"]
