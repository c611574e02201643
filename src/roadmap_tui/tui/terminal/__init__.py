"""The terminal under the app: driver, job control, pastes, clipboard, external editor."""
