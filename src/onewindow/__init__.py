"""OneWindow (一窗) runs a service hall."""

__version__ = "0.1.0"
