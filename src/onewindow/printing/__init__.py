"""Paper on the network: what is to be printed, on which printer, and how the printers are."""
