"""What every entry of a data file is held to."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Spec(BaseModel):
    """An entry without other keys than these; what was read is not changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)
