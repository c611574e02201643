"""Items from other tools' tables: RICE sheets, Jira, Linear, GitHub."""
