"""Serving the web app: one HTTP server a process, and several processes on one socket.

    server       waitress with bounds: what clients that are slow, silent or many may take
    worker       one process that answers
    supervisor   starts processes, replaces those that end, reloads them one after the other

Waitress was measured beside granian 2.8 and gunicorn 27 (eight connections, a reply of 20 bytes, CPU a request): .18,
.04 and .19 ms, where an answer costs 5 to 10. With granian and gunicorn a client that reads its export slowly holds a
thread, and eight of them hold all; gunicorn does not run on Windows, and waits for headers without end. Waitress hands
a file to its one thread of input and output, and lets that thread be given other bounds; it is pure Python.
"""
