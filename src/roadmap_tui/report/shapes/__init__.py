"""What every command answers with `--json`, as shapes that JSON Schemas are made from."""
