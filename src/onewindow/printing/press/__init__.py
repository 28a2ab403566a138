"""The press: drawing and talking to printers. Only a worker loads it, when it prints.

It stands on Pillow and python-escpos, which the web process does without: other rooms name what
they draw by its path (see ``papers``).
"""
