"""Work that comes round: who does it now, when we were last alive, and when we were not."""
