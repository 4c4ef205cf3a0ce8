"""How much memory this process holds."""

import sys


def resident_megabytes() -> float:
    """What this process has in memory now; on macOS, which does not say, the most that it ever had."""
    if sys.platform == "win32":
        return _windows_bytes() / 2**20
    import resource

    if sys.platform == "linux":
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * resource.getpagesize() / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def _windows_bytes() -> int:
    import ctypes
    from ctypes import wintypes

    class Counters(ctypes.Structure):
        _fields_ = (
            ("cb", wintypes.DWORD),
            ("faults", wintypes.DWORD),
            *((name, ctypes.c_size_t) for name in ("peak", "working_set", "a", "b", "c", "d", "pagefile", "peak_pagefile")),
        )

    counters = Counters(cb=ctypes.sizeof(Counters))
    libraries = getattr(ctypes, "windll")  # noqa: B009 - exists on Windows only
    process = libraries.kernel32.GetCurrentProcess
    process.restype = wintypes.HANDLE
    query = libraries.psapi.GetProcessMemoryInfo
    query.argtypes = (wintypes.HANDLE, ctypes.POINTER(Counters), wintypes.DWORD)
    query(process(), ctypes.byref(counters), counters.cb)
    return int(counters.working_set)
