"""Whether an AI item is ready to ship: quality, segments, trust, latency, data, oversight."""
