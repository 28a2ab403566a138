"""Ending the streams when the process is told to end.

A web server that waits for its open answers would wait for ever. Python code of the main thread
may not run while the server waits, but the interpreter still writes each signal's number to the
wakeup descriptor: a thread of ours reads it.
"""

import signal
import socket
import threading

from onewindow.base.live.hub import HUB

ENDS = {signal.SIGTERM, signal.SIGINT}


def watch() -> bool:
    """Watch for the signal to end; False outside the main thread, where nobody can."""
    if threading.current_thread() is not threading.main_thread():
        return False
    reader, writer = socket.socketpair()
    writer.setblocking(False)
    before = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
    if before != -1:  # an event loop has it already and ends by itself
        signal.set_wakeup_fd(before)
        return False
    thread = threading.Thread(target=_wait, args=[reader, writer], name="live-ending", daemon=True)
    thread.start()
    return True


def _wait(reader: socket.socket, _writer: socket.socket) -> None:
    """Read signal numbers; the writer is kept open by being held here."""
    while numbers := reader.recv(64):
        if ENDS.intersection(numbers):
            HUB.close()
