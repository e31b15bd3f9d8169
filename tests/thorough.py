"""What takes too long for every run: `FRONTDESK_THOROUGH=1 pytest` runs it too."""

from __future__ import annotations

import os

import pytest

thorough = pytest.mark.skipif(not os.environ.get("FRONTDESK_THOROUGH"), reason="FRONTDESK_THOROUGH is not set")
