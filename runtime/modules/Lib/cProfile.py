"""The profiler of the profile module, under the name that programs ask for.

There is no separate native profiler: results have the same form, the overhead is higher.
"""

from profile import Profile, main, run, runctx

__all__ = ["run", "runctx", "Profile"]


def label(code):
    """The (file, line, name) key under which pstats files a code object."""
    if isinstance(code, str):
        return ("~", 0, code)
    return (code.co_filename, code.co_firstlineno, code.co_name)


if __name__ == "__main__":
    main()
