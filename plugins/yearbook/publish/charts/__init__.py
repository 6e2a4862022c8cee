"""Charts: what one shows, its specification (Vega-Lite), and its picture (SVG). Knows nothing of indicators."""
