"""From other tools' tables to items of a roadmap."""
