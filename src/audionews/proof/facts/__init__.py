"""Is what is told true to its article? Shares no code with what condenses and writes."""

from audionews.proof.facts.checker import check
from audionews.proof.facts.fault import Fault
from audionews.proof.facts.guard import unsupported

__all__ = ["Fault", "check", "unsupported"]
