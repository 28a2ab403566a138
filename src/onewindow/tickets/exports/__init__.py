"""Exports of tickets for any span: CSV streamed at once, XLSX as a file that the worker makes.

Without personal data: no telephone, no needs, no class, no names, no free text.
"""
