"""Static files under names with a hash of their content, compressed once."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # it has no types
    """Hashes the addresses in ``import … from "./part.js"`` too, so that a script can be made of small modules.

    Only the hashed files are kept, and a browser never mixes the modules of two releases.
    """

    support_js_module_import_aggregation = True
