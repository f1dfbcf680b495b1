"""The command line: parses, calls, renders; one file a group of commands, no logic of its own."""
