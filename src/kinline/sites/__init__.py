"""The doors: settings, the two sites (families, staff), the command line.

The only place that reads the environment and knows both sites. It holds no rule and no row of its own.
"""
