"""Words and pages as Jinja2 templates; a station overrides them file by file."""
