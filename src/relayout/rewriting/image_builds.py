"""Builds of images that found a Dockerfile by its name: they name it, once it is elsewhere.

An image is built with the file ``Dockerfile`` of its context, unless another one is named
(https://docs.docker.com/reference/cli/docker/buildx/build/#file).
"""

from __future__ import annotations

from posixpath import basename, join, relpath

from relayout.inventory.references.reference import (
    CONTEXT,
    DOCKERFILE,
    ImageBuild,
    Reference,
    named_from,
)
from relayout.rewriting.destination import Destination


def with_dockerfile(
    reference: Reference, image: ImageBuild, said: str, base: str, destination: Destination
) -> str | None:
    """Return a build with its Dockerfile named, if that is no longer found by its name.

    ``said`` is what names the context now, ``base`` the folder that it counts from. Returns None
    if the Dockerfile cannot be named where it has to be.
    """
    context = named_from(base, said[len(reference.prefix) :])
    place = destination.of_file(reference.path)
    if context is not None and place == join(context, basename(reference.path)):
        return reference.text.replace(image.said, said, 1) if image.said else reference.text
    if not image.written or context is None:
        return None
    path = relpath(place, (context if image.from_context else base) or ".")
    parts = image.written.split(CONTEXT)
    return said.join(part.replace(DOCKERFILE, path) for part in parts)
