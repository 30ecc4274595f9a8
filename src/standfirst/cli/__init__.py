"""The command `standfirst`: each verb is a module of this package that parses, calls one function and prints."""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from typing import NoReturn

import typer

from standfirst.errors import GateError, InputError

app = typer.Typer(
    name="standfirst",
    help="News pages in, a headline and standfirst benchmark out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)


@app.callback()
def _every_verb() -> None:
    """Makes the app one of verbs also where a single one is loaded."""


def main() -> None:
    """Run the command: 0 done, 1 the work failed a gate, 2 wrong use or input that cannot be used."""
    _load(sys.argv[1] if len(sys.argv) > 1 else "")
    try:
        try:
            if "" in sys.argv[1:]:  # a path of no letters would be the current folder
                raise InputError(
                    f"word {sys.argv.index('', 1)} of the call is empty; is a variable of the shell unset?"
                )
            app()
        finally:
            sys.stdout.flush()  # where this fails the status must say so, and at the end of Python it is too late
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):  # Typer makes it a 1, which is a failed gate's status here
            _enough_was_read()
        raise
    except InputError as error:
        print(f"standfirst: {error}", file=sys.stderr)
        raise SystemExit(2) from None
    except GateError as error:
        print(f"standfirst: {error}", file=sys.stderr)
        raise SystemExit(1) from None
    except BrokenPipeError:
        _enough_was_read()
    except OSError as error:  # a full disk, a folder that may not be written: no verb has anything to add
        if error.filename is None and error.errno is None:
            raise
        where = f"{error.filename}: " if error.filename else ""
        told = f"{where}{error.strerror}; see that it can be read or written and that the disk has room"
        print(f"standfirst: {told}, and run the command again", file=sys.stderr)
        _drop_output()
        raise SystemExit(2) from None
    except Exception as error:
        if not type(error).__module__.startswith("botocore."):
            raise
        told = f"the store cannot be used ({type(error).__name__}: {error}); give this machine its credentials"
        print(f"standfirst: {told} and region, and run the command again", file=sys.stderr)
        raise SystemExit(2) from None


def _enough_was_read() -> NoReturn:
    """End well where who reads the output closed it, as `head` does."""
    _drop_output()
    raise SystemExit(0) from None


def _drop_output() -> None:
    """What is left of the output goes nowhere, so that Python does not try again to write it when it ends."""
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115


def _load(verb: str) -> None:
    """Import the verb's module, which adds it to `app`; all of them where there is none of that name, as for help.

    Typer reads the signature of every verb it knows before it calls one: for all of them that takes 25 ms.
    """
    module = f"standfirst.cli.{verb}"
    if verb.isidentifier() and importlib.util.find_spec(module):
        importlib.import_module(module)
    if module not in {command.callback.__module__ for command in app.registered_commands if command.callback}:
        importlib.import_module("standfirst.cli.verbs")
