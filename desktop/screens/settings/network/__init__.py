"""The catalogue on the network: its switch, where it answers, and what readers may send."""
