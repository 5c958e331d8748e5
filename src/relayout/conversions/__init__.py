"""Changes of form that a layout asks for: merged files, packaging, package markers."""
