"""Resources of packages in the embedded standard library, for importlib.resources."""

import io
from importlib.resources.abc import Traversable, TraversableResources


class EmbeddedPath(Traversable):
    def __init__(self, loader, path):
        self._loader = loader
        self._path = path

    def __repr__(self):
        return f'{type(self).__name__}({self._path!r})'

    def __str__(self):
        return self._path

    @property
    def name(self):
        return self._path.rpartition('/')[2]

    def iterdir(self):
        entries = self._loader._list_dir(self._path)
        if entries is None:
            raise NotADirectoryError(self._path)
        for name in entries:
            yield EmbeddedPath(self._loader, f'{self._path}/{name}')

    def is_dir(self):
        return self._loader._list_dir(self._path) is not None

    def is_file(self):
        if self.is_dir():
            return False
        try:
            self._loader.get_data(self._path)
        except OSError:
            return False
        return True

    def joinpath(self, *descendants):
        parts = [part for d in descendants for part in str(d).split('/') if part]
        return EmbeddedPath(self._loader, '/'.join([self._path, *parts]))

    __truediv__ = joinpath

    def open(self, mode='r', *args, **kwargs):
        stream = io.BytesIO(self._loader.get_data(self._path))
        if 'b' in mode:
            return stream
        return io.TextIOWrapper(stream, *args, **kwargs)


class EmbeddedReader(TraversableResources):
    def __init__(self, loader):
        self._loader = loader

    def files(self):
        return EmbeddedPath(self._loader, self._loader.path.rpartition('/')[0])
