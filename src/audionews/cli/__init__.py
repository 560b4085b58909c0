"""The command line: click, one short file a group of commands."""
