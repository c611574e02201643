"use strict";
// before the terminal's own start, which is at load
document.addEventListener("DOMContentLoaded", () => {
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  document.getElementById("terminal").dataset.sessionWebsocketUrl = `${scheme}//${location.host}/ws`;
  document.getElementById("again").addEventListener("click", () => location.reload());
});
