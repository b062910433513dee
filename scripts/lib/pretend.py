"""Modules of a project that its revisions only import, made up where they do not exist."""
import importlib.abc
import importlib.machinery
import types


class OfAnything(type):
    def __getattr__(cls, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Anything


class Anything(metaclass=OfAnything):
    """Stands for whatever a module of the project has; revisions only import it."""

    def __init__(self, *_, **__):
        pass

    def __call__(self, *_, **__):
        return Anything()

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Anything()

    def __iter__(self):
        return iter(())

    def __bool__(self):  # a guard that a project's helper answers does not return early
        return False


class Made(types.ModuleType):
    __path__ = []

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Anything


class Maker(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Makes the modules of these names, and all below them, up."""

    def __init__(self, names):
        self.names = names

    def find_spec(self, name, path=None, target=None):
        if any(name == one or name.startswith(one + ".") for one in self.names):
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec):
        return Made(spec.name)

    def exec_module(self, module):
        pass
